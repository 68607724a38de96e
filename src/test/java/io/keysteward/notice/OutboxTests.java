package io.keysteward.notice;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

import javax.sql.DataSource;

import io.keysteward.notice.Outbox.Notice;
import io.keysteward.notice.mail.RunFixture;
import io.keysteward.run.NoticeKind;
import io.keysteward.run.NoticeStatus;
import io.keysteward.text.Sha256;
import jakarta.mail.internet.MimeMessage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.mail.javamail.JavaMailSenderImpl;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;

class OutboxTests {

	@Test
	void whatTheOutboxSaysOutlivesTheStepThatRollsBack() {
		RunFixture run = RunFixture.of("2026-11-23");
		DataSource source = run.database().dataSource();
		DataSourceTransactionManager transactions = new DataSourceTransactionManager(source);
		Outbox outbox = new Outbox(JdbcClient.create(source), Clock.systemUTC(), transactions);
		Notice notice = new Notice(run.id(), NoticeKind.REPORT, "security@example.com", "<a@example.com>");
		new TransactionTemplate(transactions).executeWithoutResult((step) -> {
			assertThat(outbox.pending(notice)).isEqualTo(NoticeStatus.PENDING);
			outbox.sending(notice);
			outbox.sent(notice, null);
			step.setRollbackOnly();
		});
		assertThat(run.outbox().status("<a@example.com>")).contains(NoticeStatus.SENT);
	}

	@Test
	void theServerIsSpokenToOnlyAfterTheOutboxSaysSo(@TempDir Path directory) throws IOException {
		RunFixture run = RunFixture.of("2026-11-23");
		List<Object> before = new ArrayList<>();
		JavaMailSenderImpl sender = new JavaMailSenderImpl() {

			@Override
			protected void doSend(MimeMessage[] messages, Object @Nullable [] originals) {
				before.add(run.notices().stream().map((notice) -> String.valueOf(notice.get("status"))).toList());
			}

		};
		sender.setHost("localhost");
		Path workbook = Files.write(directory.resolve("keysteward.xlsx"), new byte[] { 1 });
		run.send(sender, workbook, Sha256.of(new byte[] { 1 }));
		assertThat(before).containsExactly(List.of("SENDING", "PENDING"), List.of("SENT", "SENDING"));
	}

}
