package io.keysteward.insight;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

import io.keysteward.run.NoticeStatus;
import org.jspecify.annotations.Nullable;

/**
 * What became of mails that name a key, in words.
 */
final class NoticeText {

	private NoticeText() {
	}

	/**
	 * {@return what became of a mail}
	 * @param notTaken how loud it is said that no server has taken it
	 */
	static String of(NoticeStatus status, String notTaken) {
		return switch (status) {
			case SENT -> "taken by the mail server";
			case FAILED -> notTaken;
			case PENDING, SENDING -> "not sent yet";
		};
	}

	/**
	 * {@return what became of the mails in a row with their {@code kinds},
	 * {@code statuses} and {@code details}; null: there are none}
	 */
	static @Nullable String of(ResultSet row) throws SQLException {
		if (row.getArray("kinds") == null) {
			return null;
		}
		String[] kinds = (String[]) row.getArray("kinds").getArray();
		String[] statuses = (String[]) row.getArray("statuses").getArray();
		@Nullable String[] details = (@Nullable String[]) row.getArray("details").getArray();
		List<String> mails = new ArrayList<>();
		for (int mail = 0; mail < kinds.length; mail++) {
			String detail = (details[mail] != null) ? details[mail] : "";
			mails.add(kinds[mail] + " " + of(NoticeStatus.valueOf(statuses[mail]), "not taken: " + detail));
		}
		return String.join("; ", mails);
	}

}
