package io.keysteward.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

import io.keysteward.policy.PolicySettings;
import io.keysteward.source.SourceSettings;
import io.keysteward.yaml.WrittenYaml;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.handler.NoUnboundElementsBindHandler;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.Resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.LIST;

/**
 * The configuration that people copy: {@code config/application.yaml}.
 */
class ConfigurationFileTests {

	private static final Path FILE = Path.of("config/application.yaml");

	@ParameterizedTest
	@MethodSource("properties")
	void everyPropertyIsInTheFileThatPeopleCopy(String property) throws IOException {
		String last = property.substring(property.lastIndexOf('.') + 1);
		// Where configuration lives is said on the command line, not in the
		// configuration.
		if (!last.equals("config-directory") && !last.equals("max-sheet-rows")) {
			assertThat(Files.readString(FILE)).contains(last + ":");
		}
	}

	@Test
	void theFileBindsAsItIs() throws IOException {
		assertThat(bind(Files.readString(FILE)).sources()).hasSize(1);
	}

	@Test
	void soDoesTheOneThatTheProductionManifestsBring() throws IOException {
		String text = Files.readString(Path.of("k8s/overlays/production/application.yaml"));
		KeystewardProperties properties = bind(text);
		assertThat(properties.sources()).hasSize(1);
		assertThat(properties.mail()).isNotNull();
		KeystewardProperties all = bind(everythingOn(text));
		assertThat(all.sources()).extracting(SourceSettings::definition)
			.containsExactly("api-key-records", "oceanbase-cloud-export", "gitlab");
		assertThat(all.landing().datasource())
			.isEqualTo(new SourceSettings.Datasource(null, "keysteward_landing", "${KEYSTEWARD_LANDING_PASSWORD}"));
	}

	@Test
	void theFileBindsWithEverythingSwitchedOn() throws IOException {
		KeystewardProperties properties = bind(
				everythingOn(Files.readString(FILE)).replaceAll("(?m)^( +)# +(\"\\[mail)", "$1$2"));
		assertThat(properties.mail()).isNotNull();
		assertThat(properties.policy()).extracting(PolicySettings::overrides).asInstanceOf(LIST).hasSize(1);
	}

	private static String everythingOn(String text) {
		return text.replaceAll("(?m)^( *)# ([ a-z-]+:|  *- |\\[)", "$1$2");
	}

	static Set<String> properties() {
		return PropertyNames.list("keysteward", KeystewardProperties.class);
	}

	private static KeystewardProperties bind(String yaml) throws IOException {
		Resource resource = new ByteArrayResource(yaml.getBytes());
		List<PropertySource<?>> sources = new WrittenYaml().load("config", resource);
		StandardEnvironment environment = new StandardEnvironment();
		sources.forEach(environment.getPropertySources()::addFirst);
		return new Binder(ConfigurationPropertySources.get(environment))
			.bind("keysteward", Bindable.of(KeystewardProperties.class),
					new NoUnboundElementsBindHandler(BindHandler.DEFAULT, (source) -> true))
			.get();
	}

}
