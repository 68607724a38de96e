package io.keysteward.k8s;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import io.kubernetes.client.openapi.models.V1ConfigMap;
import io.kubernetes.client.openapi.models.V1Container;
import io.kubernetes.client.openapi.models.V1EnvVar;
import io.kubernetes.client.openapi.models.V1KeyToPath;
import io.kubernetes.client.openapi.models.V1NetworkPolicy;
import io.kubernetes.client.openapi.models.V1PersistentVolumeClaim;
import io.kubernetes.client.openapi.models.V1PodSecurityContext;
import io.kubernetes.client.openapi.models.V1Secret;
import io.kubernetes.client.openapi.models.V1SecurityContext;
import io.kubernetes.client.openapi.models.V1ServiceAccount;
import io.kubernetes.client.openapi.models.V1Volume;
import io.kubernetes.client.openapi.models.V1VolumeMount;
import io.kubernetes.client.openapi.models.V1VolumeProjection;
import org.jspecify.annotations.Nullable;

/**
 * What a schema does not see of one pod: whether what it names is there, and whether it
 * keeps to what a hardened cluster asks.
 */
final class PodRules {

	private final Manifests manifests;

	private final Pod pod;

	private final Set<String> fromOperator;

	private final List<String> problems = new ArrayList<>();

	private PodRules(Manifests manifests, Pod pod, Set<String> fromOperator) {
		this.manifests = manifests;
		this.pod = pod;
		this.fromOperator = fromOperator;
	}

	/**
	 * {@return what is wrong with a pod}
	 * @param manifests where it is, with all that it may refer to
	 * @param pod the pod
	 * @param fromOperator what is in the cluster already, such as
	 * {@code Secret/keysteward}
	 */
	static List<String> problems(Manifests manifests, Pod pod, Set<String> fromOperator) {
		PodRules rules = new PodRules(manifests, pod, fromOperator);
		rules.references();
		rules.mounts();
		rules.security();
		pod.containers().forEach((container) -> {
			rules.environment(container);
			rules.security(container);
			rules.resources(container);
		});
		rules.volumes();
		rules.network();
		return rules.problems.stream().map((problem) -> pod.owner() + ": " + problem).toList();
	}

	private void references() {
		for (V1Volume volume : this.pod.spec().getVolumes()) {
			if (volume.getConfigMap() != null) {
				configMap(volume.getConfigMap().getName(), volume.getConfigMap().getItems());
			}
			if (volume.getSecret() != null) {
				secret(volume.getSecret().getSecretName());
			}
			if (volume.getPersistentVolumeClaim() != null) {
				String claim = volume.getPersistentVolumeClaim().getClaimName();
				there(this.manifests.find(V1PersistentVolumeClaim.class, claim), "PersistentVolumeClaim", claim);
			}
			if (volume.getProjected() != null) {
				for (V1VolumeProjection source : volume.getProjected().getSources()) {
					configMap(source.getConfigMap().getName(), source.getConfigMap().getItems());
				}
			}
		}
		String account = this.pod.spec().getServiceAccountName();
		if (account != null) {
			there(this.manifests.find(V1ServiceAccount.class, account), "ServiceAccount", account);
		}
	}

	private void configMap(String name, @Nullable List<V1KeyToPath> items) {
		Optional<V1ConfigMap> found = this.manifests.find(V1ConfigMap.class, name);
		there(found, "ConfigMap", name);
		if (found.isPresent() && items != null) {
			items.stream()
				.filter((item) -> !found.get().getData().containsKey(item.getKey()))
				.forEach((item) -> this.problems.add("ConfigMap/" + name + " has no key " + item.getKey()));
		}
	}

	private void secret(String name) {
		there(this.manifests.find(V1Secret.class, name), "Secret", name);
	}

	private void there(Optional<?> found, String kind, String name) {
		require(found.isPresent() || this.fromOperator.contains(kind + "/" + name),
				kind + "/" + name + " is not there");
	}

	private void mounts() {
		Set<String> volumes = this.pod.spec().getVolumes().stream().map(V1Volume::getName).collect(Collectors.toSet());
		Set<String> mounted = this.pod.container()
			.getVolumeMounts()
			.stream()
			.map(V1VolumeMount::getName)
			.collect(Collectors.toSet());
		require(volumes.equals(mounted), "volumes " + volumes + " are not what is mounted: " + mounted);
		// Others have files of theirs there, the cluster itself among them.
		require(this.pod.container()
			.getVolumeMounts()
			.stream()
			.noneMatch((mount) -> mount.getMountPath().matches("/(var/)?run/secrets/?")),
				"a volume hides all of /run/secrets");
	}

	private void environment(V1Container container) {
		Set<String> names = Objects.requireNonNullElse(container.getEnv(), List.<V1EnvVar>of())
			.stream()
			.map(V1EnvVar::getName)
			.collect(Collectors.toSet());
		for (String word : Objects.requireNonNullElse(container.getArgs(), List.<String>of())) {
			String rest = word;
			for (String name : names) {
				rest = rest.replace("$(" + name + ")", "");
			}
			require(!rest.contains("$("), "nothing expands " + word);
		}
	}

	private void security() {
		V1PodSecurityContext context = this.pod.spec().getSecurityContext();
		require(Boolean.TRUE.equals(context.getRunAsNonRoot()), "runAsNonRoot");
		require(context.getRunAsUser() != null && context.getRunAsUser() > 0, "runAsUser");
		require(context.getFsGroup() != null, "fsGroup");
		require(context.getSeccompProfile().getType().equals("RuntimeDefault"), "seccompProfile");
		require(Boolean.FALSE.equals(this.pod.spec().getAutomountServiceAccountToken()),
				"automountServiceAccountToken");
		// A Service's KEYSTEWARD_… would be taken for configuration.
		require(Boolean.FALSE.equals(this.pod.spec().getEnableServiceLinks()), "enableServiceLinks");
	}

	private void security(V1Container container) {
		V1SecurityContext own = container.getSecurityContext();
		require(Boolean.FALSE.equals(own.getAllowPrivilegeEscalation()), "allowPrivilegeEscalation");
		require(Boolean.TRUE.equals(own.getReadOnlyRootFilesystem()), "readOnlyRootFilesystem");
		require(own.getCapabilities().getDrop().equals(List.of("ALL")), "capabilities");
	}

	private void resources(V1Container container) {
		// kubectl describe says why it ended.
		require("FallbackToLogsOnError".equals(container.getTerminationMessagePolicy()), "terminationMessagePolicy");
		Object requested = container.getResources().getRequests().get("memory");
		require(requested != null && requested.equals(container.getResources().getLimits().get("memory")),
				"the memory that is asked for is not the limit");
	}

	private void volumes() {
		this.pod.spec()
			.getVolumes()
			.stream()
			.filter((volume) -> volume.getEmptyDir() != null)
			.forEach((volume) -> require(volume.getEmptyDir().getSizeLimit() != null,
					"sizeLimit of " + volume.getName()));
	}

	/** By default nothing is let through: each pod needs a policy that is its own. */
	private void network() {
		require(this.fromOperator.contains("NetworkPolicy") || this.manifests.all(V1NetworkPolicy.class)
			.map((policy) -> policy.getSpec().getPodSelector().getMatchLabels())
			.anyMatch((labels) -> labels != null && !labels.isEmpty()
					&& this.pod.labels().entrySet().containsAll(labels.entrySet())),
				"no NetworkPolicy lets it through");
	}

	private void require(boolean holds, String problem) {
		if (!holds) {
			this.problems.add(problem);
		}
	}

}
