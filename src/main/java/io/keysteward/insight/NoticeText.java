package io.keysteward.insight;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

import io.keysteward.run.NoticeStatus;
import org.jspecify.annotations.Nullable;

/**
 * What became of mails and messages that name a key, in words.
 */
final class NoticeText {

	private NoticeText() {
	}

	/**
	 * {@return what became of a mail, or of a message to a channel}
	 * @param channel the channel; null: it is a mail
	 * @param posted whether the channel's answer proves that it has posted the message
	 * @param notTaken how loud it is said that no server has taken it
	 */
	static String of(NoticeStatus status, @Nullable String channel, boolean posted, String notTaken) {
		return switch (status) {
			case SENT -> (channel == null) ? "taken by the mail server"
					: (posted ? "posted in channel " + channel : "taken by channel " + channel + ", without proof");
			case FAILED -> notTaken;
			case PENDING, SENDING -> "not sent yet";
		};
	}

	/**
	 * {@return what became of the mails in a row with their {@code kinds},
	 * {@code statuses}, {@code details} and channels; null: there are none}
	 */
	static @Nullable String of(ResultSet row) throws SQLException {
		if (row.getArray("kinds") == null) {
			return null;
		}
		String[] kinds = (String[]) row.getArray("kinds").getArray();
		String[] statuses = (String[]) row.getArray("statuses").getArray();
		@Nullable String[] details = (@Nullable String[]) row.getArray("details").getArray();
		@Nullable String[] channels = (@Nullable String[]) row.getArray("channels").getArray();
		@Nullable Boolean[] posted = (@Nullable Boolean[]) row.getArray("posted").getArray();
		List<String> mails = new ArrayList<>();
		for (int mail = 0; mail < kinds.length; mail++) {
			String detail = (details[mail] != null) ? details[mail] : "";
			mails.add(kinds[mail] + " " + of(NoticeStatus.valueOf(statuses[mail]), channels[mail],
					Boolean.TRUE.equals(posted[mail]), "not taken: " + detail));
		}
		return String.join("; ", mails);
	}

}
