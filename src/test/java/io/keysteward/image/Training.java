package io.keysteward.image;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.Map;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetupTest;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

/**
 * Executes a command beside the register of {@code k8s/overlays/try}, in a PostgreSQL,
 * and a mail server, and ends with its exit code. The command finds them by its
 * environment and {@code config/application.yaml}.
 */
final class Training {

	private Training() {
	}

	public static void main(String[] command) throws Exception {
		System.exit(train(command));
	}

	private static int train(String[] command) throws Exception {
		GreenMail mail = new GreenMail(ServerSetupTest.SMTP.dynamicPort());
		try (EmbeddedPostgres postgres = EmbeddedPostgres.start()) {
			mail.start();
			try (Connection connection = postgres.getPostgresDatabase().getConnection();
					Statement statement = connection.createStatement()) {
				statement.execute(Files.readString(Path.of("config/sources/api-key-records/schema.sql")));
				statement.execute(Files.readString(Path.of("k8s/overlays/try/sample.sql")));
			}
			ProcessBuilder process = new ProcessBuilder(command).inheritIO();
			process.environment()
				.putAll(Map.of("KEYSTEWARD_DB_URL", "jdbc:postgresql://localhost:" + postgres.getPort() + "/postgres",
						"KEYSTEWARD_DB_USERNAME", "postgres", "KEYSTEWARD_MAIL_FROM", "keysteward@example.com",
						"KEYSTEWARD_MAIL_TO", "security@example.com", "KEYSTEWARD_MAIL_ENVIRONMENT", "training",
						"SPRING_MAIL_HOST", "localhost", "SPRING_MAIL_PORT", String.valueOf(mail.getSmtp().getPort()),
						"SPRING_MAIL_PROPERTIES_MAIL_SMTP_STARTTLS_ENABLE", "false",
						"SPRING_MAIL_PROPERTIES_MAIL_SMTP_STARTTLS_REQUIRED", "false"));
			return process.start().waitFor();
		}
		finally {
			mail.stop();
		}
	}

}
