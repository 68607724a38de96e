package io.keysteward.notice.mail;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

import io.keysteward.run.Run;
import io.keysteward.text.SafeText;
import org.jspecify.annotations.Nullable;

/**
 * What every message says of its run, for programs.
 */
final class RunFacts {

	private RunFacts() {
	}

	static Map<String, Object> of(Run run, @Nullable String environment) {
		Map<String, Object> facts = new LinkedHashMap<>();
		facts.put("run_key", SafeText.shortened(run.key()));
		facts.put("as_of", run.asOf().toString());
		facts.put("mode", run.mode().name().toLowerCase(Locale.ROOT));
		if (environment != null) {
			facts.put("environment", environment);
		}
		return facts;
	}

}
