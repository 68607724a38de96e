package io.keysteward.k8s;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

import io.kubernetes.client.common.KubernetesObject;
import io.kubernetes.client.openapi.models.V1Container;
import io.kubernetes.client.openapi.models.V1CronJob;
import io.kubernetes.client.openapi.models.V1Deployment;
import io.kubernetes.client.openapi.models.V1Job;
import io.kubernetes.client.openapi.models.V1JobSpec;
import io.kubernetes.client.openapi.models.V1Pod;
import io.kubernetes.client.openapi.models.V1PodSpec;
import io.kubernetes.client.openapi.models.V1PodTemplateSpec;
import org.jspecify.annotations.Nullable;

/**
 * A pod that somebody will start, and the Job that it is part of, if it is.
 *
 * @param owner whose it is
 * @param template of the pod
 * @param job its Job
 */
public record Pod(String owner, V1PodTemplateSpec template, @Nullable V1JobSpec job) {

	/**
	 * {@return every pod that these manifests start}
	 * @param manifests a set of objects
	 */
	public static Stream<Pod> of(Manifests manifests) {
		return manifests.objects().values().stream().map(Pod::of).flatMap(Optional::stream);
	}

	private static Optional<Pod> of(KubernetesObject object) {
		String owner = object.getClass().getSimpleName().substring(2) + "/" + object.getMetadata().getName();
		if (object instanceof V1Deployment deployment) {
			return Optional.of(new Pod(owner, deployment.getSpec().getTemplate(), null));
		}
		if (object instanceof V1Pod pod) {
			return Optional
				.of(new Pod(owner, new V1PodTemplateSpec().metadata(pod.getMetadata()).spec(pod.getSpec()), null));
		}
		V1JobSpec job = (object instanceof V1CronJob cronJob) ? cronJob.getSpec().getJobTemplate().getSpec()
				: (object instanceof V1Job single) ? single.getSpec() : null;
		return Optional.ofNullable(job).map((spec) -> new Pod(owner, spec.getTemplate(), spec));
	}

	V1PodSpec spec() {
		return this.template.getSpec();
	}

	Map<String, String> labels() {
		return this.template.getMetadata().getLabels();
	}

	V1Container container() {
		return this.spec().getContainers().get(0);
	}

	/**
	 * {@return all of its containers, those before the others too}
	 */
	List<V1Container> containers() {
		List<V1Container> before = Objects.requireNonNullElse(spec().getInitContainers(), List.of());
		return Stream.concat(before.stream(), spec().getContainers().stream()).toList();
	}

	/**
	 * {@return the environment of its container, as far as it is written in the manifest}
	 */
	public Map<String, String> environment() {
		Map<String, String> environment = new LinkedHashMap<>();
		container().getEnv()
			.stream()
			.filter((variable) -> variable.getValue() != null)
			.forEach((variable) -> environment.put(variable.getName(), variable.getValue()));
		return environment;
	}

	/**
	 * {@return what its container is started with}
	 */
	public List<String> args() {
		return container().getArgs();
	}

	/**
	 * {@return the exit codes after which the Job does this}
	 * @param action {@code FailJob}, {@code Count} or {@code Ignore}
	 */
	public List<Integer> exitCodes(String action) {
		return this.job.getPodFailurePolicy()
			.getRules()
			.stream()
			.filter((rule) -> rule.getAction().equals(action) && rule.getOnExitCodes() != null)
			.filter((rule) -> rule.getOnExitCodes().getContainerName().equals(container().getName()))
			.filter((rule) -> rule.getOnExitCodes().getOperator().equals("In"))
			.flatMap((rule) -> rule.getOnExitCodes().getValues().stream())
			.toList();
	}

}
