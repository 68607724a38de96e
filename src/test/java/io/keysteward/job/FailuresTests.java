package io.keysteward.job;

import java.util.List;

import io.keysteward.text.Failure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(OutputCaptureExtension.class)
class FailuresTests {

	@Test
	void whoRunsOutOfMemoryIsToldWhatToGiveIt(CapturedOutput output) {
		OutOfMemoryError error = new OutOfMemoryError("Java heap space");
		Failure failure = Failures.translate(List.of(new IllegalStateException("step failed", error)));
		assertThat(failure.line())
			.isEqualTo("there was not enough memory (java.lang.OutOfMemoryError: Java heap space);"
					+ " give it more, by -Xmx or by the container's limit, and start it again");
		assertThat(failure.kind()).isEqualTo(Failure.Kind.RETRY);
		assertThat(output).isEmpty();
	}

	@Test
	void whatNobodyForesawHasItsStackTraceInTheLog(CapturedOutput output) {
		Failure failure = Failures.translate(new ArithmeticException("by zero"));
		assertThat(failure.line()).isEqualTo("unexpected ArithmeticException; the log has its stack trace");
		assertThat(output).contains("java.lang.ArithmeticException: by zero", "FailuresTests");
	}

}
