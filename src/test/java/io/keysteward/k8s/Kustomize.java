package io.keysteward.k8s;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import io.keysteward.Register;
import org.yaml.snakeyaml.Yaml;

/**
 * What the folders of {@code k8s/} come to: as {@code kubectl kustomize} renders them,
 * or, for machines without it, as their files say, without patches and components.
 */
public final class Kustomize {

	private static final Path ROOT = Path.of("k8s");

	private final UnaryOperator<String> edit;

	private final List<Map<?, ?>> documents = new ArrayList<>();

	private Kustomize(UnaryOperator<String> edit) {
		this.edit = edit;
	}

	/**
	 * {@return every folder that can be applied, rendered where that is possible}
	 */
	public static Stream<Manifests> all() {
		List<Path> folders = folders();
		Stream<Manifests> read = folders.stream()
			.filter((folder) -> !folder.startsWith("k8s/manual"))
			.map(Kustomize::files);
		return isThere() ? Stream.concat(read, folders.stream().map(Kustomize::rendered)) : read;
	}

	static List<Path> folders() {
		try (Stream<Path> files = Files.walk(ROOT)) {
			return files.filter((file) -> file.endsWith("kustomization.yaml"))
				.filter((file) -> Register.read(file).contains("\nkind: Kustomization\n"))
				.map(Path::getParent)
				.sorted()
				.toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	static boolean isThere() {
		return Stream.of(System.getenv("PATH").split(":"))
			.anyMatch((folder) -> Files.isExecutable(Path.of(folder, "kubectl")));
	}

	static Manifests rendered(Path folder) {
		try {
			Path errors = Files.createTempFile("kustomize", ".txt");
			Process process = new ProcessBuilder("kubectl", "kustomize", folder.toString())
				.redirectError(errors.toFile())
				.start();
			String text = new String(process.getInputStream().readAllBytes());
			String output = Register.read(errors);
			Files.delete(errors);
			if (process.waitFor() != 0 || !output.isBlank()) {
				throw new IllegalStateException("kubectl kustomize " + folder + ": " + output);
			}
			return Manifests.read(folder + " rendered", text);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * {@return the production overlay rendered with all that it has as comments: every
	 * component, every source}
	 */
	static Manifests everySource() {
		return EverySource.MANIFESTS;
	}

	/**
	 * {@return a copy of the manifests in which the production overlay has all that it
	 * has as comments}
	 * @param edit is applied to the text of each file, to see what comes of a mistake
	 */
	static Path everySource(UnaryOperator<String> edit) {
		try {
			Path copy = Files.createTempDirectory(Files.createDirectories(Path.of("target/manifests")), "k8s");
			for (Path root : List.of(ROOT, Path.of("config"))) {
				try (Stream<Path> files = Files.walk(root)) {
					for (Path file : files.filter(Files::isRegularFile).toList()) {
						String text = edit.apply(Register.read(file));
						Path target = copy.resolve(file);
						Files.createDirectories(target.getParent());
						Files.writeString(target,
								file.startsWith("k8s/overlays/production") ? uncommented(text) : text);
					}
				}
			}
			return copy;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Settings begin with a small letter or a hyphen, sentences do not. */
	private static String uncommented(String text) {
		return text.replaceAll("(?m)^( *)# ( *(?:[a-z-]+:|-)(?: .*)?)$", "$1$2");
	}

	static Manifests files(Path folder) {
		return files(folder, UnaryOperator.identity());
	}

	/**
	 * {@return what a folder's files say}
	 * @param folder the folder
	 * @param edit is applied to the text of each file, to see what comes of a mistake
	 */
	static Manifests files(Path folder, UnaryOperator<String> edit) {
		Kustomize kustomize = new Kustomize(edit);
		kustomize.addFolder(folder);
		return Manifests.of(folder + " as files", kustomize.documents);
	}

	private void addFolder(Path folder) {
		Map<?, ?> kustomization = new Yaml().load(text(folder.resolve("kustomization.yaml")));
		for (Object resource : list(kustomization, "resources")) {
			Path path = folder.resolve(resource.toString()).normalize();
			if (Files.isDirectory(path)) {
				addFolder(path);
			}
			else {
				new Yaml().loadAll(text(path)).forEach((document) -> this.documents.add((Map<?, ?>) document));
			}
		}
		list(kustomization, "configMapGenerator")
			.forEach((generator) -> generate("ConfigMap", folder, (Map<?, ?>) generator));
		list(kustomization, "secretGenerator")
			.forEach((generator) -> generate("Secret", folder, (Map<?, ?>) generator));
		if (kustomization.get("namespace") instanceof String namespace) {
			this.documents.stream()
				.filter((document) -> !document.get("kind").equals("Namespace"))
				.forEach((document) -> metadata(document).put("namespace", namespace));
		}
	}

	private void generate(String kind, Path folder, Map<?, ?> generator) {
		Map<String, String> data = new LinkedHashMap<>();
		for (Object file : list(generator, "files")) {
			Path path = folder.resolve(file.toString());
			data.put(path.getFileName().toString(), Register.read(path));
		}
		list(generator, "literals").forEach((literal) -> data.put(literal.toString().split("=", 2)[0], ""));
		Object name = generator.get("name");
		if ("merge".equals(generator.get("behavior"))) {
			this.documents.stream()
				.filter((document) -> document.get("kind").equals(kind) && metadata(document).get("name").equals(name))
				.findFirst()
				.ifPresent((document) -> mutable(document.get("data")).putAll(data));
		}
		else {
			Map<String, Object> metadata = new LinkedHashMap<>(Map.of("name", name));
			this.documents.add(Map.of("apiVersion", "v1", "kind", kind, "metadata", metadata, "data", data));
		}
	}

	private String text(Path file) {
		return this.edit.apply(Register.read(file));
	}

	private static List<?> list(Map<?, ?> map, String key) {
		return (map.get(key) instanceof List<?> list) ? list : List.of();
	}

	private static Map<Object, Object> metadata(Map<?, ?> document) {
		return mutable(document.get("metadata"));
	}

	@SuppressWarnings("unchecked")
	private static Map<Object, Object> mutable(Object map) {
		return (Map<Object, Object>) map;
	}

	/** Rendered once: each folder of jobs by hand is looked at beside it. */
	private static final class EverySource {

		private static final Manifests MANIFESTS = rendered(
				everySource(UnaryOperator.identity()).resolve("k8s/overlays/production"));

	}

}
