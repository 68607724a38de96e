package io.keysteward.k8s;

import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.keysteward.Register;
import io.keysteward.source.definition.Catalogue;
import io.kubernetes.client.openapi.models.V1ConfigMap;
import io.kubernetes.client.openapi.models.V1CronJob;
import io.kubernetes.client.openapi.models.V1CronJobSpec;
import io.kubernetes.client.openapi.models.V1JobSpec;
import io.kubernetes.client.openapi.models.V1KeyToPath;
import io.kubernetes.client.openapi.models.V1Namespace;
import io.kubernetes.client.openapi.models.V1NetworkPolicy;
import io.kubernetes.client.openapi.models.V1NetworkPolicyEgressRule;
import io.kubernetes.client.openapi.models.V1VolumeMount;
import org.yaml.snakeyaml.Yaml;

import org.springframework.boot.convert.DurationStyle;
import org.springframework.scheduling.support.CronExpression;

/**
 * What must hold of a set of manifests beyond each object's schema.
 */
final class ManifestRules {

	private static final String COMPONENT = "app.kubernetes.io/component";

	private final Manifests manifests;

	private final List<String> problems;

	private ManifestRules(Manifests manifests) {
		this.manifests = manifests;
		this.problems = new ArrayList<>(manifests.problems());
	}

	/**
	 * {@return what is wrong, a line each}
	 * @param manifests the set
	 */
	static List<String> problems(Manifests manifests) {
		ManifestRules rules = new ManifestRules(manifests);
		rules.namespaces();
		manifests.all(V1CronJob.class).forEach((cronJob) -> rules.schedule(cronJob.getSpec()));
		Pod.of(manifests).forEach((pod) -> {
			rules.problems.addAll(PodRules.problems(manifests, pod, fromOperator(manifests)));
			if (pod.job() != null) {
				rules.job(pod.owner(), pod.job());
			}
			if (!"database".equals(pod.labels().get(COMPONENT))) {
				rules.image(pod);
			}
			if ("run".equals(pod.labels().get(COMPONENT))) {
				rules.run(pod);
			}
			if ("reader".equals(pod.labels().get(COMPONENT))) {
				rules.reader(pod);
			}
			if ("writer".equals(pod.labels().get(COMPONENT))) {
				rules.hasOneVolume(pod);
			}
		});
		manifests.all(V1NetworkPolicy.class).forEach(rules::network);
		return rules.problems;
	}

	/**
	 * The Secret is in no repository. A Job by hand comes to what is there already: the
	 * production overlay, with volumes for sources where they are wanted.
	 */
	private static Set<String> fromOperator(Manifests manifests) {
		Stream<String> secret = manifests.name().contains("overlays/try") ? Stream.of()
				: Stream.of("Secret/keysteward");
		Stream<String> rest = !manifests.name().startsWith("k8s/manual") ? Stream.of()
				: Stream.concat(Stream.of("NetworkPolicy"), Kustomize.everySource().objects().keySet().stream());
		// A workbook with decisions, which somebody has just put there.
		Stream<String> workbook = manifests.name().contains("manual/decide")
				? Stream.of("ConfigMap/keysteward-decisions") : Stream.of();
		return Stream.of(secret, rest, workbook).flatMap(Function.identity()).collect(Collectors.toSet());
	}

	/** One namespace for all, where it is rendered, or what is generated is not found. */
	private void namespaces() {
		Set<String> names = this.manifests.objects()
			.values()
			.stream()
			.map((object) -> (object instanceof V1Namespace) ? object.getMetadata().getName()
					: String.valueOf(object.getMetadata().getNamespace()))
			.collect(Collectors.toSet());
		boolean files = this.manifests.name().endsWith("as files");
		require(files ? !names.contains("null") : names.size() == 1, "namespaces: " + names);
		this.manifests.all(V1Namespace.class)
			.forEach((space) -> require(
					"restricted".equals(space.getMetadata().getLabels().get("pod-security.kubernetes.io/enforce")),
					"Pod Security"));
	}

	private void schedule(V1CronJobSpec spec) {
		try {
			CronExpression.parse("0 " + spec.getSchedule());
			ZoneId.of(spec.getTimeZone());
		}
		catch (IllegalArgumentException | DateTimeException ex) {
			this.problems.add("schedule: " + ex.getMessage());
		}
		require("Forbid".equals(spec.getConcurrencyPolicy()), "concurrencyPolicy: " + spec.getConcurrencyPolicy());
		require(spec.getStartingDeadlineSeconds() != null && spec.getStartingDeadlineSeconds() >= 10,
				"startingDeadlineSeconds");
	}

	private void job(String owner, V1JobSpec spec) {
		require("Never".equals(spec.getTemplate().getSpec().getRestartPolicy()),
				owner + ": restartPolicy: " + spec.getTemplate().getSpec().getRestartPolicy());
		require("Failed".equals(spec.getPodReplacementPolicy()), owner + ": podReplacementPolicy");
		require(spec.getActiveDeadlineSeconds() != null, owner + ": activeDeadlineSeconds");
		require(spec.getBackoffLimit() != null, owner + ": backoffLimit");
		var first = spec.getPodFailurePolicy().getRules().get(0);
		require(first.getAction().equals("Ignore") && first.getOnPodConditions() != null
				&& first.getOnPodConditions().get(0).getType().equals("DisruptionTarget"),
				owner + ": a disruption uses up an attempt");
	}

	private void image(Pod pod) {
		String image = pod.container().getImage();
		require(nameOf(image).equals("keysteward"), pod.owner() + ": image " + image);
		// A cluster that pulls from a registry cannot have what somebody has built at
		// home.
		boolean local = this.manifests.name().contains("try") || this.manifests.name().endsWith("as files")
				|| this.manifests.name().contains("k8s/base");
		require(local || !image.endsWith(":local"), pod.owner() + ": image " + image);
	}

	private void reader(Pod pod) {
		hasOneVolume(pod);
		require(writable(pod).isEmpty(), pod.owner() + ": it can write");
	}

	/** On another node it keeps the nightly run from the volume. */
	private void hasOneVolume(Pod pod) {
		require(pod.spec().getActiveDeadlineSeconds() != null && pod.spec().getActiveDeadlineSeconds() <= 3600,
				pod.owner() + ": activeDeadlineSeconds");
		require(pod.container().getVolumeMounts().size() == 1
				&& Objects.requireNonNullElse(pod.container().getEnv(), List.of()).isEmpty(),
				pod.owner() + ": it has more than one volume");
	}

	/** Every port to anywhere would be no policy. */
	private void network(V1NetworkPolicy policy) {
		List<V1NetworkPolicyEgressRule> rules = Objects.requireNonNullElse(policy.getSpec().getEgress(), List.of());
		require(rules.stream()
			.map(V1NetworkPolicyEgressRule::getPorts)
			.allMatch((ports) -> ports != null && !ports.isEmpty()
					&& ports.stream().allMatch((port) -> port.getPort() != null && port.getEndPort() == null)),
				"NetworkPolicy/" + policy.getMetadata().getName() + ": lets through any port");
	}

	private static Set<String> writable(Pod pod) {
		return pod.container()
			.getVolumeMounts()
			.stream()
			.filter((mount) -> !Boolean.TRUE.equals(mount.getReadOnly()))
			.map(V1VolumeMount::getMountPath)
			.collect(Collectors.toSet());
	}

	private void run(Pod pod) {
		require(pod.spec().getTerminationGracePeriodSeconds() > timeToStop().toSeconds(),
				pod.owner() + ": terminationGracePeriodSeconds is shorter than a run may take to stop");
		require(writable(pod).equals(Set.of("/reports", "/tmp")), pod.owner() + ": can write " + writable(pod));
		definitions(pod);
	}

	/**
	 * Each source has its definition: in a folder that is mounted, or in the catalogue.
	 */
	private void definitions(Pod pod) {
		Set<String> mounted = pod.spec()
			.getVolumes()
			.stream()
			.filter((volume) -> volume.getProjected() != null)
			.flatMap((volume) -> volume.getProjected().getSources().stream())
			.filter((source) -> source.getConfigMap().getItems() != null)
			.flatMap((source) -> source.getConfigMap().getItems().stream())
			.map(V1KeyToPath::getPath)
			.collect(Collectors.toSet());
		this.manifests.find(V1ConfigMap.class, "keysteward-config")
			.map((config) -> String.valueOf(config.getData().get("application.yaml")))
			.ifPresent(
					(text) -> definitions(text).filter((name) -> !mounted.contains("sources/" + name + "/source.yaml"))
						.filter((name) -> !Catalogue.names().contains(name))
						.forEach((name) -> this.problems.add(pod.owner() + ": there is no definition " + name)));
	}

	private static Stream<String> definitions(String application) {
		Map<?, ?> settings = new Yaml().load(application);
		List<?> sources = (List<?>) ((Map<?, ?>) settings.get("keysteward")).get("sources");
		return sources.stream().map((source) -> String.valueOf(((Map<?, ?>) source).get("definition")));
	}

	/** The name that the README and the Dockerfile build, whatever registry it is in. */
	private static String nameOf(String image) {
		return image.substring(image.lastIndexOf('/') + 1, image.lastIndexOf(':'));
	}

	private static Duration timeToStop() {
		Map<?, ?> defaults = new Yaml().load(Register.read(Path.of("src/main/resources/application.yaml")));
		Map<?, ?> lifecycle = (Map<?, ?>) ((Map<?, ?>) defaults.get("spring")).get("lifecycle");
		return DurationStyle.detectAndParse(lifecycle.get("timeout-per-shutdown-phase").toString());
	}

	private void require(boolean holds, String problem) {
		if (!holds) {
			this.problems.add(problem);
		}
	}

}
