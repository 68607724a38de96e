package io.keysteward.k8s;

import java.lang.reflect.InvocationTargetException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import io.kubernetes.client.common.KubernetesObject;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.Yaml;

/**
 * A set of objects as they would be applied together, read strictly by the models of
 * Kubernetes' own client.
 *
 * @param name of the folder that they come from
 * @param objects by kind and name
 * @param problems what the models do not take
 */
public record Manifests(String name, Map<String, KubernetesObject> objects, List<String> problems) {

	/**
	 * {@return what is in some YAML documents}
	 * @param name of the folder that they come from
	 * @param text the documents
	 */
	static Manifests read(String name, String text) {
		List<Map<?, ?>> documents = new ArrayList<>();
		new Yaml().loadAll(text).forEach((document) -> documents.add((Map<?, ?>) document));
		return of(name, documents);
	}

	static Manifests of(String name, List<Map<?, ?>> documents) {
		Map<String, KubernetesObject> objects = new LinkedHashMap<>();
		List<String> problems = new ArrayList<>();
		for (Map<?, ?> document : documents) {
			String id = document.get("kind") + "/" + ((Map<?, ?>) document.get("metadata")).get("name");
			try {
				if (objects.put(id, model(document)) != null) {
					problems.add(id + ": is there twice");
				}
			}
			catch (IllegalArgumentException ex) {
				problems.add(id + ": " + ex.getMessage());
			}
		}
		return new Manifests(name, objects, problems);
	}

	private static KubernetesObject model(Map<?, ?> document) {
		JsonElement json = new Gson().toJsonTree(document);
		try {
			Class<?> type = Class.forName("io.kubernetes.client.openapi.models.V1" + document.get("kind"));
			type.getMethod("validateJsonElement", JsonElement.class).invoke(null, json);
			return (KubernetesObject) type.getMethod("fromJson", String.class).invoke(null, json.toString());
		}
		catch (InvocationTargetException ex) {
			throw new IllegalArgumentException(ex.getCause());
		}
		catch (ReflectiveOperationException ex) {
			throw new IllegalArgumentException("no such kind", ex);
		}
	}

	<T extends KubernetesObject> Stream<T> all(Class<T> type) {
		return this.objects.values().stream().filter(type::isInstance).map(type::cast);
	}

	<T extends KubernetesObject> Optional<T> find(Class<T> type, @Nullable String wanted) {
		return all(type).filter((object) -> object.getMetadata().getName().equals(wanted)).findFirst();
	}

	@Override
	public String toString() {
		return this.name;
	}

}
