package io.keysteward.k8s;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

import io.keysteward.Register;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The manifests in {@code k8s/}: what a cluster would refuse, and what it would take and
 * only a pod would show.
 */
class ManifestTests {

	private static final Path BASE = Path.of("k8s/base");

	@ParameterizedTest
	@MethodSource("all")
	void nothingIsWrongWith(Manifests manifests) {
		assertThat(manifests.objects()).isNotEmpty();
		assertThat(ManifestRules.problems(manifests)).isEmpty();
	}

	@Test
	void everyFolderThatCanBeAppliedIsLookedAt() {
		assertThat(Kustomize.folders()).extracting(Path::toString)
			.containsExactly("k8s/base", "k8s/manual/as-of", "k8s/manual/disable", "k8s/manual/restore",
					"k8s/overlays/production", "k8s/overlays/try");
	}

	@ParameterizedTest(name = "{0} → {1}")
	@CsvSource(delimiter = '|', quoteCharacter = '\0',
			textBlock = """
					backoffLimit: 5                    | backoffLimit: two           | two
					timeZone: Etc/UTC                  | timeZon: Etc/UTC            | timeZon
					schedule: "0 2 * * *"              | suspend: false              | schedule
					mountPath: /tmp                    | mountpath: /tmp             | mountpath
					memory: 1Gi                        | memory: 512MiB              | CronJob/nightly
					concurrencyPolicy: Forbid          | concurrencyPolicy: Forbit   | concurrencyPolicy: Forbit
					restartPolicy: Never               | restartPolicy: Always       | restartPolicy: Always
					schedule: "0 2 * * *"              | schedule: "61 * * * *"      | schedule
					- name: tmp                        | - name: temp                | is mounted
					timeZone: Etc/UTC                  | timeZone: Etc/UTX           | Etc/UTX
					startingDeadlineSeconds: 3600      | startingDeadlineSeconds: 5  | startingDeadlineSeconds
					activeDeadlineSeconds: 21600       | parallelism: 1              | activeDeadlineSeconds
					backoffLimit: 5                    | completions: 1              | backoffLimit
					podReplacementPolicy: Failed       | parallelism: 1              | podReplacementPolicy
					type: DisruptionTarget             | type: Ready                 | a disruption
					name: keysteward-config            | name: keysteward-conf       | ConfigMap/keysteward-conf
					key: select.sql                    | key: selects.sql            | has no key selects.sql
					secretName: keysteward             | secretName: keystward       | Secret/keystward is not there
					claimName: keysteward-reports      | claimName: reports          | PersistentVolumeClaim/reports
					serviceAccountName: keysteward     | serviceAccountName: default | ServiceAccount/default
					$(RUN_KEY)                         | $(RUNKEY)                   | nothing expands
					runAsNonRoot: true                 | runAsNonRoot: false         | runAsNonRoot
					runAsUser: 10001                   | runAsUser: 0                | runAsUser
					fsGroup: 10001                     | supplementalGroups: [1]     | fsGroup
					type: RuntimeDefault               | type: Unconfined            | seccompProfile
					allowPrivilegeEscalation: false    | allowPrivilegeEscalation: true | allowPrivilegeEscalation
					readOnlyRootFilesystem: true       | readOnlyRootFilesystem: false  | readOnlyRootFilesystem
					drop: [ALL]                        | drop: [NET_RAW]             | capabilities
					enableServiceLinks: false          | enableServiceLinks: true    | enableServiceLinks
					automountServiceAccountToken: false   # nor | automountServiceAccountToken: true # nor | nightly: automountServiceAccountToken
					memory: 1Gi                        | memory: 2Gi                 | not the limit
					sizeLimit: 1Gi                     | medium: ""                  | sizeLimit
					component: run                     | component: runs             | NetworkPolicy
					image: keysteward:local            | image: keystewart:local     | image
					terminationGracePeriodSeconds: 60  | terminationGracePeriodSeconds: 30 | terminationGracePeriodSeconds
					namespace: keysteward              | namePrefix: x               | namespaces
					enforce: restricted                | enforce: baseline           | Pod Security
					""")
	void aMistakeIsFound(String right, String wrong, String found) {
		AtomicBoolean done = new AtomicBoolean();
		Manifests manifests = Kustomize.files(BASE, (text) -> {
			int at = text.indexOf(right);
			return (at < 0 || done.getAndSet(true)) ? text
					: text.substring(0, at) + wrong + text.substring(at + right.length());
		});
		assertThat(done).as("there is such a line").isTrue();
		assertThat(ManifestRules.problems(manifests)).anySatisfy((problem) -> assertThat(problem).contains(found));
	}

	@Test
	void theImageIsCalledAsTheReadmeBuildsIt() {
		String build = "docker build -t keysteward:local .";
		assertThat(List.of("README.md", "Dockerfile", "k8s/overlays/try/kustomization.yaml"))
			.allSatisfy((file) -> assertThat(Register.read(Path.of(file))).contains(build));
		assertThat(Pod.of(Kustomize.files(BASE))).extracting((pod) -> pod.container().getImage())
			.containsExactly("keysteward:local");
	}

	static Stream<Manifests> all() {
		return Kustomize.all();
	}

}
