package io.keysteward.notice.mail;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;

import io.keysteward.TestDatabase;
import io.keysteward.run.NoticeKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a new kind of notice has to be added to, where no compiler asks for it.
 */
class NoticeKindTests {

	private static final TestDatabase DATABASE = TestDatabase.migrated().kept();

	@ParameterizedTest
	@EnumSource
	void everyKindCanBeStored(NoticeKind kind) {
		String allowed = DATABASE.jdbc().sql("""
				SELECT pg_get_constraintdef(oid) FROM pg_constraint
				WHERE conrelid = 'keysteward.notice'::regclass AND conname = 'notice_kind_check'
				""").query(String.class).single();
		assertThat(allowed).contains("'" + kind + "'");
	}

	@Test
	void everyKindForOwnersHasItsPlaceInTheOrderOfSending() {
		assertThat(OwnerNotices.ORDER).containsExactlyInAnyOrderElementsOf(
				Arrays.stream(NoticeKind.values()).filter((kind) -> kind != NoticeKind.REPORT).toList());
	}

	@ParameterizedTest
	@EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "REPORT")
	void everyKindForOwnersHasAGoldenMail(NoticeKind kind) {
		Path folder = Path.of("src/test/resources/io/keysteward/notice/mail");
		String name = "owner-" + kind.name().toLowerCase(Locale.ROOT);
		assertThat(folder.resolve(name + ".txt")).isRegularFile();
		assertThat(folder.resolve(name + ".html")).isRegularFile();
	}

}
