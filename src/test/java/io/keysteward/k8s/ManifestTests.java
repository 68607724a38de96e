package io.keysteward.k8s;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.keysteward.Register;
import io.kubernetes.client.openapi.models.V1ConfigMap;
import io.kubernetes.client.openapi.models.V1NetworkPolicy;
import io.kubernetes.client.openapi.models.V1NetworkPolicySpec;
import io.kubernetes.client.openapi.models.V1Volume;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.Yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

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
			.containsExactly("k8s/base", "k8s/manual/as-of", "k8s/manual/check", "k8s/manual/command",
					"k8s/manual/decide", "k8s/manual/disable", "k8s/manual/drivers", "k8s/manual/exports",
					"k8s/manual/reader", "k8s/manual/reader-try", "k8s/manual/restore", "k8s/overlays/production",
					"k8s/overlays/try");
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
					FallbackToLogsOnError              | File                        | terminationMessagePolicy
					mountPath: /run/secrets/keysteward | mountPath: /run/secrets     | hides all of /run/secrets
					terminationGracePeriodSeconds: 60  | terminationGracePeriodSeconds: 30 | terminationGracePeriodSeconds
					namespace: keysteward              | namePrefix: x               | namespaces
					enforce: restricted                | enforce: baseline           | Pod Security
					readOnly: true                     | readOnly: false             | can write
					path: sources/api-key-records/source.yaml | path: sources/api-keys/source.yaml | no definition api-key-records
					{ protocol: TCP, port: 5432 }      | { protocol: TCP }           | keysteward: lets through any port
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

	@ParameterizedTest(allowZeroInvocations = true)
	@MethodSource("withEverySource")
	void sourcesOfEveryKindAreAFewLinesOfTheProductionOverlay(Path root) {
		Manifests manifests = Kustomize.rendered(root.resolve("k8s/overlays/production"));
		assertThat(ManifestRules.problems(manifests)).isEmpty();
		assertThat(manifests.objects()).containsKeys("PersistentVolumeClaim/keysteward-exports",
				"PersistentVolumeClaim/keysteward-drivers");
		assertThat(ports(manifests, "keysteward-http")).containsExactly("TCP 443");
		assertThat(ports(manifests, "keysteward-mysql")).containsExactly("TCP 3306");
		// A Job by hand finds what the nightly one finds.
		Stream.of("k8s/overlays/production", "k8s/manual/check")
			.forEach((folder) -> assertThat(mounts(Kustomize.rendered(root.resolve(folder)))).as(folder)
				.contains("/exports of keysteward-exports, read only",
						"/app/drivers of keysteward-drivers, read only"));
	}

	@ParameterizedTest(allowZeroInvocations = true)
	@MethodSource("withoutSources")
	void whoNeedsNoOtherKindHasNothingOfIt(Manifests manifests) {
		assertThat(manifests.objects().keySet()).noneMatch((name) -> name.matches(".*(exports|drivers|http|mysql).*"));
		assertThat(mounts(manifests)).containsExactlyInAnyOrder("/app/config", "/run/secrets/keysteward",
				"/reports of keysteward-reports", "/tmp");
	}

	@ParameterizedTest(name = "{0} → {1}")
	@CsvSource(delimiter = '|', quoteCharacter = '\0',
			textBlock = """
					mountPath: /exports, readOnly: true       | mountPath: /exports                      | can write [/exports
					mountPath: /app/drivers, readOnly: true   | mountPath: /app/drivers, readOnly: false | can write
					claimName: keysteward-exports } } }       | claimName: exports } } }                 | PersistentVolumeClaim/exports is not there
					name: keysteward-drivers                  | name: drivers                            | PersistentVolumeClaim/keysteward-drivers is not there
					{ protocol: TCP, port: 3306 }             | { protocol: TCP }                        | keysteward-mysql: lets through any port
					definition: oceanbase-cloud-export        | definition: oceanbase-export             | no definition oceanbase-export
					""")
	void aMistakeInWhatIsThereForSourcesIsFound(String right, String wrong, String found) {
		assumeTrue(Kustomize.isThere(), "kubectl is not there");
		Path root = Kustomize.everySource((text) -> text.replace(right, wrong));
		assertThat(ManifestRules.problems(Kustomize.rendered(root.resolve("k8s/overlays/production"))))
			.anySatisfy((problem) -> assertThat(problem).contains(found));
	}

	/** A secret that is in no Secret shows at night only. */
	@Test
	void everySecretOfTheConfigurationIsInTheSecretThatIsMade() {
		assertThat(names("\\$\\{(\\w+)}", "application.yaml")).contains("KEYSTEWARD_LANDING_PASSWORD")
			.containsExactlyInAnyOrderElementsOf(names("--from-literal=(\\w+)=", "kustomization.yaml"));
	}

	private static Set<String> names(String pattern, String file) {
		return Pattern.compile(pattern)
			.matcher(Register.read(Path.of("k8s/overlays/production", file)))
			.results()
			.map((result) -> result.group(1))
			.collect(Collectors.toCollection(TreeSet::new));
	}

	private static List<String> ports(Manifests manifests, String policy) {
		V1NetworkPolicySpec spec = manifests.find(V1NetworkPolicy.class, policy).orElseThrow().getSpec();
		assertThat(spec.getPodSelector().getMatchLabels()).containsExactly(entry("app.kubernetes.io/component", "run"));
		assertThat(spec.getPolicyTypes()).containsExactly("Egress");
		return spec.getEgress()
			.stream()
			.flatMap((rule) -> rule.getPorts().stream())
			.map((port) -> port.getProtocol() + " " + port.getPort())
			.toList();
	}

	private static List<String> mounts(Manifests manifests) {
		Pod run = Pod.of(manifests).filter((pod) -> pod.job() != null).findFirst().orElseThrow();
		Map<String, V1Volume> volumes = run.spec()
			.getVolumes()
			.stream()
			.collect(Collectors.toMap(V1Volume::getName, Function.identity()));
		return run.container().getVolumeMounts().stream().map((mount) -> {
			var claim = volumes.get(mount.getName()).getPersistentVolumeClaim();
			return mount.getMountPath() + ((claim != null) ? " of " + claim.getClaimName() : "")
					+ ((claim != null && Boolean.TRUE.equals(mount.getReadOnly())) ? ", read only" : "");
		}).toList();
	}

	@Test
	void theImageIsCalledAsTheReadmeBuildsIt() {
		String build = "docker build -t keysteward:local .";
		assertThat(List.of("README.md", "Dockerfile", "k8s/overlays/try/kustomization.yaml"))
			.allSatisfy((file) -> assertThat(Register.read(Path.of(file))).contains(build));
		assertThat(Pod.of(Kustomize.files(BASE))).extracting((pod) -> pod.container().getImage())
			.containsExactly("keysteward:local");
	}

	@ParameterizedTest(allowZeroInvocations = true)
	@MethodSource("renderedTry")
	void theFirstRunWaitsUntilItsDatabaseIsThere(Manifests manifests) {
		Pod first = Pod.of(manifests).filter((pod) -> pod.owner().equals("Job/first-run")).findFirst().orElseThrow();
		// Without a name and a database pg_isready asks for those of a user that the
		// image does not know.
		assertThat(first.spec().getInitContainers()).singleElement()
			.satisfies((wait) -> assertThat(wait.getCommand().toString())
				.contains("until pg_isready --host=database --username=keysteward --dbname=keysteward"));
	}

	@Test
	void whatAServersCertificateIsVerifiedByIsMounted() {
		Map<String, String> config = Kustomize.files(Path.of("k8s/overlays/production"))
			.find(V1ConfigMap.class, "keysteward-config")
			.orElseThrow()
			.getData();
		Matcher urls = Pattern.compile("jdbc:\\S+").matcher(String.valueOf(config.get("application.yaml")));
		assertThat(urls.results().map(MatchResult::group)).hasSize(2)
			.allMatch((url) -> url.contains("sslmode=verify-full"))
			.allSatisfy((url) -> assertThat(config)
				.containsKey(url.replaceFirst(".*[?&]sslrootcert=/app/config/([^&]+).*", "$1")));
	}

	@Test
	void theTablesOwnerIsOneBlockThatCanBeRemoved() {
		String text = Register.read(Path.of("k8s/overlays/production/application.yaml"));
		String after = text.replaceFirst("(?s) *# REMOVE AFTER THE FIRST RUN.*# Until here.\n", "");
		assertThat(after).isNotEqualTo(text).doesNotContain("OWNER", "flyway", "keysteward_owner");
		Map<String, Object> sections = new Yaml().load(after);
		assertThat(sections).containsOnlyKeys("spring", "keysteward", "logging");
		assertThat(Register.read(Path.of("k8s/overlays/production/kustomization.yaml")))
			.contains("/data/KEYSTEWARD_OWNER_PASSWORD");
	}

	@ParameterizedTest(allowZeroInvocations = true)
	@MethodSource("renderedFolders")
	void theCommandsInAFolderNameWhatItMakes(Path folder) {
		Manifests manifests = Kustomize.rendered(folder);
		String text = Register.read(folder.resolve("kustomization.yaml"));
		assertThat(text).contains("#   kubectl apply -k " + folder + "\n");
		Pattern.compile("kubectl -n (\\S+) [^\n]*?(job|pod)/([a-z0-9-]+)")
			.matcher(text)
			.results()
			.forEach((command) -> assertThat(manifests.objects()).as(command.group())
				.hasEntrySatisfying(
						command.group(2).equals("job") ? "Job/" + command.group(3) : "Pod/" + command.group(3),
						(object) -> assertThat(object.getMetadata().getNamespace()).isEqualTo(command.group(1))));
	}

	static Stream<Path> renderedFolders() {
		return Kustomize.isThere() ? Kustomize.folders().stream().filter((folder) -> !folder.equals(BASE))
				: Stream.of();
	}

	static Stream<Path> withEverySource() {
		return Kustomize.isThere() ? Stream.of(Kustomize.everySource(UnaryOperator.identity())) : Stream.of();
	}

	static Stream<Manifests> withoutSources() {
		return Kustomize.all().filter((manifests) -> manifests.toString().contains("k8s/overlays"));
	}

	static Stream<Manifests> renderedTry() {
		return Kustomize.all().filter((manifests) -> manifests.toString().equals("k8s/overlays/try rendered"));
	}

	static Stream<Manifests> all() {
		return Kustomize.all();
	}

}
