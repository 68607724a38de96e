package io.keysteward.source.jdbc;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;

/**
 * Connections of a real driver. It counts them, and can lose the answer to a commit,
 * whether the commit happened or not.
 */
final class FaultyConnections {

	private final AtomicInteger open = new AtomicInteger();

	private final AtomicReference<@Nullable Boolean> lost = new AtomicReference<>();

	long open() {
		return this.open.get();
	}

	/**
	 * Loses the answer to the next commit.
	 * @param done whether the commit happens
	 */
	void loseCommit(boolean done) {
		this.lost.set(done);
	}

	FoundDriver of(FoundDriver real) {
		Driver counted = (Driver) proxy(Driver.class, (method, arguments) -> {
			if (method.getName().equals("connect")) {
				return connection((Connection) call(real.driver(), method, quick(arguments)));
			}
			return call(real.driver(), method, arguments);
		});
		return new FoundDriver(counted, real.jar(), real.sha256());
	}

	/** Shortens the wait for a lock that is never released. */
	private static Object[] quick(Object[] arguments) {
		if (String.valueOf(arguments[0]).endsWith("locked.db")) {
			((Properties) arguments[1]).setProperty("busy_timeout", "100");
		}
		return arguments;
	}

	private Connection connection(Connection real) {
		this.open.incrementAndGet();
		return (Connection) proxy(Connection.class, (method, arguments) -> {
			if (method.getName().equals("close") && !real.isClosed()) {
				this.open.decrementAndGet();
			}
			Object result = call(real, method, arguments);
			return method.getName().equals("createStatement") ? statement((Statement) result) : result;
		});
	}

	private Statement statement(Statement real) {
		return (Statement) proxy(Statement.class, (method, arguments) -> {
			Boolean done = (arguments != null && arguments[0].equals("COMMIT")) ? this.lost.getAndSet(null) : null;
			if (done == null) {
				return call(real, method, arguments);
			}
			if (done) {
				call(real, method, arguments);
			}
			throw new SQLException("the answer got lost");
		});
	}

	private static Object proxy(Class<?> type, Call call) {
		return Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] { type },
				(proxy, method, arguments) -> call.of(method, arguments));
	}

	private static Object call(Object real, Method method, Object[] arguments) throws Throwable {
		try {
			return method.invoke(real, arguments);
		}
		catch (InvocationTargetException ex) {
			throw ex.getTargetException();
		}
	}

	private interface Call {

		Object of(Method method, Object[] arguments) throws Throwable;

	}

}
