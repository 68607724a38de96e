package io.keysteward.http;

import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;

import org.jspecify.annotations.Nullable;

/**
 * Collects an answer's body up to a limit. The body is parsed when it is complete, so
 * that a broken connection can be retried.
 */
final class LimitedBody implements BodySubscriber<List<byte[]>> {

	private final long most;

	private final List<byte[]> parts = new ArrayList<>();

	private final CompletableFuture<List<byte[]>> whole = new CompletableFuture<>();

	private Flow.@Nullable Subscription subscription;

	private long size;

	LimitedBody(long most) {
		this.most = most;
	}

	@Override
	public CompletionStage<List<byte[]>> getBody() {
		return this.whole;
	}

	@Override
	public void onSubscribe(Flow.Subscription given) {
		this.subscription = given;
		given.request(Long.MAX_VALUE);
	}

	@Override
	public void onNext(List<ByteBuffer> buffers) {
		for (ByteBuffer buffer : buffers) {
			this.size += buffer.remaining();
			if (this.size > this.most) {
				refuse();
				return;
			}
			byte[] part = new byte[buffer.remaining()];
			buffer.get(part);
			this.parts.add(part);
		}
	}

	private void refuse() {
		this.parts.clear();
		this.whole.completeExceptionally(new TooLarge());
		if (this.subscription != null) {
			this.subscription.cancel();
		}
	}

	@Override
	public void onError(Throwable broken) {
		this.whole.completeExceptionally(broken);
	}

	@Override
	public void onComplete() {
		this.whole.complete(this.parts);
	}

	/** The body exceeds the limit. */
	static final class TooLarge extends RuntimeException {

		private static final long serialVersionUID = 1L;

	}

}
