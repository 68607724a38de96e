package io.keysteward.decision;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.keysteward.Register;
import org.apache.poi.ss.usermodel.Row;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A workbook that was filled in and saved by LibreOffice is taken back as it was meant.
 */
class LibreOfficeTests {

	private static final int KEYS = 1000;

	private static final String TRICKY = "''=1+1'', \"quoted\" _x0041_ \t 007 \uD83D\uDD11 e\u0301 <&>";

	private final Path directory;

	private final Register register;

	LibreOfficeTests(@TempDir Path directory) {
		this.directory = directory;
		this.register = new Register(directory).key("used", "2026-10-01", "2026-10-31T00:00:00Z");
		this.register.keys().sql("""
				INSERT INTO api_key (id, name, masked_key, project_id, owner_id, created_at, last_used_at)
				SELECT '00' || n, 'service ' || n || ' ' || '%s', 'sk-a****9xQ2', 'p', 'u', '2025-12-01Z',
				       '2026-05-01 10:00Z'::timestamptz + n * interval '61 seconds'
				FROM generate_series(1, %s) n
				""".formatted(TRICKY, KEYS)).update();
	}

	@Test
	void aThousandRowsComeBackAsTheyWere() throws Exception {
		Path program = program();
		assertThat(this.register.execute("run", "--as-of=2026-11-01")).as(this.register.err()).isZero();
		Path filled = FilledWorkbook.of(this.register.report("2026-11-01"), this.directory.resolve("filled.xlsx"),
				(form) -> {
					for (Row row : form.findings()) {
						if (row.getRowNum() > 0 && row.getRowNum() % 5 == 0) {
							form.decide(row.getCell(1).toString(), "keep", "Needed: " + TRICKY);
						}
					}
					form.set("001", "Until", "").cell("001", "Until").setCellValue(46400);
					form.decide("001", "exempt until", "Until a day.");
				});
		Path saved = save(program, filled);
		assertThat(this.register.execute("decide", saved.toString(), "--apply"))
			.as(this.register.out() + this.register.err())
			.isZero();
		assertThat(this.register.out()).contains(
				"201 of 1000 flagged keys of the run decided here (200 keep, 1 exempt until); 799 left undecided by it\n",
				"exempt until Wednesday 2027-01-13, the first day without it");
		assertThat(this.register.governance()
			.sql("SELECT count(*) FROM keysteward.decision WHERE reason = :reason")
			.param("reason", "Needed: " + TRICKY)
			.query(Integer.class)
			.single()).isEqualTo(200);
	}

	private Path save(Path program, Path file) throws IOException, InterruptedException {
		Path folder = Files.createDirectory(this.directory.resolve("saved"));
		Process process = new ProcessBuilder(program.toString(), "--headless",
				"-env:UserInstallation=" + this.directory.resolve("profile").toUri(), "--convert-to", "xlsx",
				"--outdir", folder.toString(), file.toString())
			.redirectErrorStream(true)
			.redirectOutput(this.directory.resolve("log").toFile())
			.start();
		assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
		return folder.resolve(file.getFileName());
	}

	private static Path program() {
		Optional<Path> program = Stream.of("/usr/bin/soffice", "/usr/lib/libreoffice/program/soffice")
			.map(Path::of)
			.filter(Files::isExecutable)
			.findFirst();
		Assumptions.assumeTrue(program.isPresent(),
				"LibreOffice is not installed (Debian: libreoffice-calc): no workbook is saved by it");
		return program.orElseThrow();
	}

}
