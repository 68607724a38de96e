package io.keysteward.yaml;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

import io.keysteward.text.Failure;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;

import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.boot.origin.Origin;
import org.springframework.boot.origin.OriginTrackedResource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.Resource;

/**
 * Reads {@code application.yaml} and other YAML files of properties like Spring Boot, but
 * keeps each value literally. Binding converts it to a number or boolean where one is
 * needed.
 */
public final class WrittenYaml extends YamlPropertySourceLoader {

	@Override
	public List<PropertySource<?>> load(String name, Resource resource) throws IOException {
		String file = shown(resource);
		try {
			return super.load(name, like(resource, PlainScalars.quoted(text(file, resource))));
		}
		catch (MarkedYAMLException ex) {
			String where = (ex.getProblemMark() != null) ? " line " + (ex.getProblemMark().getLine() + 1) + ", column "
					+ (ex.getProblemMark().getColumn() + 1) : "";
			throw Failure.configuration(file + where + ": not readable as YAML: " + ex.getProblem()
					+ "; see the indentation and the quotes there", ex);
		}
		catch (YAMLException ex) {
			throw Failure.configuration(file + ": not readable as YAML: " + ex.getMessage(), ex);
		}
	}

	private static String text(String file, Resource resource) throws IOException {
		if (resource.isFile()) {
			return WrittenFile.read(file, resource.getFile().toPath());
		}
		try (InputStream in = resource.getInputStream()) {
			return WrittenFile.read(file, in);
		}
	}

	private static String shown(Resource resource) throws IOException {
		return resource.isFile() ? resource.getFile().toPath().normalize().toString()
				: String.valueOf(resource.getFilename());
	}

	/** Keeps the original file as the origin of properties. */
	private static Resource like(Resource resource, String text) {
		Resource read = new ByteArrayResource(text.getBytes(StandardCharsets.UTF_8), resource.getDescription()) {
			@Override
			public @Nullable String getFilename() {
				return resource.getFilename();
			}
		};
		return OriginTrackedResource.of(read, Origin.from(resource));
	}

}
