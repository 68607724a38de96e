package io.keysteward.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;

import io.keysteward.insight.Forecast;
import io.keysteward.insight.ForecastNight;
import io.keysteward.insight.ForecastStep.Kind;
import io.keysteward.insight.ForecastText;
import io.keysteward.text.Plural;
import io.keysteward.text.SafeText;

/**
 * Prints a forecast: the verdict first.
 */
final class RehearsalText {

	private static final String ROW = "%-10s  %8s  %13s  %8s  %14s  %s%n";

	private RehearsalText() {
	}

	static void print(Forecast forecast, Path workbook, Path mails, PrintWriter out) {
		ForecastText text = new ForecastText(forecast);
		out.println(text.verdict());
		text.holds().forEach((line) -> out.println(SafeText.visible(line)));
		out.println();
		nights(forecast, out);
		out.println();
		out.println("It assumes:");
		forecast.assumptions().forEach((line) -> out.println("- " + SafeText.visible(line)));
		out.println();
		out.println("Every key and night: " + workbook);
		long count = forecast.mails();
		out.println((count > 0) ? Plural.of(count, "mail") + " to owners, a folder for each night: " + mails
				: "No mail would go to any owner.");
		out.println(
				"Nothing was sent, and nothing was changed: only this forecast is stored, to be compared with what comes.");
		out.flush();
	}

	private static void nights(Forecast forecast, PrintWriter out) {
		out.printf(ROW, "night", "warned", "last warnings", "disabled", "over the bound", "held as a whole by");
		List<ForecastNight> eventful = forecast.nights().stream().filter(RehearsalText::isEventful).toList();
		eventful.forEach((night) -> out.printf(ROW, night.day(), night.count(Kind.WARNING), night.count(Kind.FINAL),
				night.count(Kind.DISABLED), night.overBound(), night.heldBy()));
		out.printf(ROW, "together", forecast.count(Kind.WARNING), forecast.count(Kind.FINAL),
				forecast.count(Kind.DISABLED), "", "");
		int quiet = forecast.nights().size() - eventful.size();
		if (quiet > 0) {
			out.println("On " + Plural.of(quiet, "other night") + " no key is warned or disabled.");
		}
	}

	private static boolean isEventful(ForecastNight night) {
		return !night.steps().isEmpty() || night.overBound() > 0;
	}

}
