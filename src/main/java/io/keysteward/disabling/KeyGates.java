package io.keysteward.disabling;

import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

import io.keysteward.run.Gate;

import org.springframework.stereotype.Component;

/**
 * All gates that hold single keys.
 */
@Component
public class KeyGates {

	private final List<KeyGate> gates;

	/**
	 * Collects the gates.
	 * @throws IllegalStateException where a gate is missing, so that nothing would hold
	 * its keys
	 */
	public KeyGates(List<KeyGate> gates) {
		Gate.Scope.KEY.requireAll(gates.stream().map(KeyGate::gate).toList());
		this.gates = gates.stream().sorted(Comparator.comparing(KeyGate::gate)).toList();
	}

	/**
	 * {@return the closed gates of a key in order, each with its reason}
	 */
	Map<Gate, String> closed(Candidate key, NoticeRound round, PlanContext context) {
		Map<Gate, String> closed = new EnumMap<>(Gate.class);
		for (KeyGate.Asked asked : KeyGate.Asked.values()) {
			if (isAsked(asked, key, closed)) {
				this.gates.stream().filter((gate) -> gate.asked() == asked).forEach((gate) -> {
					String reason = gate.closed(key, round, context);
					if (reason != null) {
						closed.put(gate.gate(), reason);
					}
				});
			}
		}
		return closed;
	}

	private static boolean isAsked(KeyGate.Asked asked, Candidate key, Map<Gate, String> closed) {
		boolean exempt = closed.containsKey(Gate.EXEMPT);
		return switch (asked) {
			case ALWAYS -> true;
			case UNLESS_EXEMPT -> !exempt;
			case ON_THE_WAY -> !exempt && key.idle() != null && !Gate.keepOffTheWay(closed.keySet());
		};
	}

}
