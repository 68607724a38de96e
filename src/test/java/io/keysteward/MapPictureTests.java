package io.keysteward;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * The picture of the architecture is what the map in CONTRIBUTING says. Written anew with
 * {@code -Dupdate.picture=true}.
 */
class MapPictureTests {

	private static final Path PICTURE = Path.of("docs/architecture.svg");

	@Test
	void thePictureShowsTheMap() throws IOException {
		String drawn = new MapPicture(PackageMap.read()).svg();
		if (Boolean.getBoolean("update.picture")) {
			Files.writeString(PICTURE, drawn);
		}
		assertThat(PICTURE).as("mvn test -Dtest=MapPictureTests -Dupdate.picture=true writes it anew")
			.hasContent(drawn);
	}

	@Test
	void packagesThatUseEachOtherAreNotDrawn() {
		PackageMap map = new PackageMap(List.of(new PackageMap.Row("run", "", "lock"),
				new PackageMap.Row("lock", "", "text, run"), new PackageMap.Row("text", "", "the JDK only")));
		assertThatIllegalStateException().isThrownBy(() -> new MapPicture(map).svg())
			.withMessage("packages use each other in a circle: run > lock > run");
	}

	@Test
	void whatTheTableSaysIsShownAsItIs() {
		String drawn = new MapPicture(
				new PackageMap(List.of(new PackageMap.Row("text", "`a` < b & c", "the JDK only"))))
			.svg();
		assertThat(drawn).contains(">a &lt; b &amp; c</text>");
	}

}
