package io.keysteward.forecast;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import javax.sql.DataSource;

import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;
import org.postgresql.copy.CopyManager;
import org.postgresql.copy.CopyOut;
import org.postgresql.core.BaseConnection;

import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * The governance database, in which every statement means the copy's tables: a run writes
 * their schema before each name, and here it becomes the copy's schema.
 */
final class RedirectedSql extends DelegatingDataSource {

	private final Pattern names;

	/**
	 * The same object for the same connection, since others keep what they know of it.
	 */
	private final Map<PGConnection, PGConnection> physical = new ConcurrentHashMap<>();

	/**
	 * Redirects statements.
	 * @param target connections
	 * @param names what the copy has: tables, views, sequences and functions
	 */
	RedirectedSql(DataSource target, List<String> names) {
		super(target);
		this.names = Pattern.compile("\\bkeysteward\\.(?=(?:"
				+ names.stream().map(Pattern::quote).collect(Collectors.joining("|")) + ")\\b)",
				Pattern.CASE_INSENSITIVE);
	}

	@Override
	public Connection getConnection() throws SQLException {
		Connection connection = super.getConnection();
		return proxy(Connection.class, connection, (method, arguments) -> switch (method.getName()) {
			case "createStatement" ->
				statement((Statement) Objects.requireNonNull(invoke(connection, method, arguments)));
			case "unwrap" ->
				PGConnection.class.equals(arguments[0]) ? physical(connection) : invoke(connection, method, arguments);
			default -> invoke(connection, method, redirected(arguments));
		});
	}

	/**
	 * {@return the statement, in terms of the copy}
	 */
	String redirected(String sql) {
		return this.names.matcher(sql).replaceAll(StateCopy.SCHEMA + ".");
	}

	private Statement statement(Statement statement) {
		return proxy(Statement.class, statement,
				(method, arguments) -> invoke(statement, method, redirected(arguments)));
	}

	private PGConnection physical(Connection connection) throws SQLException {
		PGConnection real = connection.unwrap(PGConnection.class);
		CopyManager copies = new RedirectedCopies(connection.unwrap(BaseConnection.class));
		return this.physical.computeIfAbsent(real, (unknown) -> proxy(PGConnection.class, real, (method,
				arguments) -> method.getName().equals("getCopyAPI") ? copies : invoke(real, method, arguments)));
	}

	private Object[] redirected(Object[] arguments) {
		if (arguments.length > 0 && arguments[0] instanceof String sql) {
			Object[] redirected = arguments.clone();
			redirected[0] = redirected(sql);
			return redirected;
		}
		return arguments;
	}

	private static <T> T proxy(Class<T> type, T target, Call call) {
		InvocationHandler handler = (proxy, method, arguments) -> switch (method.getName()) {
			case "equals" -> proxy == arguments[0];
			case "hashCode" -> System.identityHashCode(proxy);
			default -> call.answer(method, (arguments != null) ? arguments : new Object[0]);
		};
		return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] { type }, handler));
	}

	private static @Nullable Object invoke(Object target, Method method, Object[] arguments) throws SQLException {
		try {
			return method.invoke(target, arguments);
		}
		catch (InvocationTargetException ex) {
			if (ex.getCause() instanceof SQLException cause) {
				throw cause;
			}
			throw new IllegalStateException(ex.getCause());
		}
		catch (IllegalAccessException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** Answers a call of a connection's or a statement's method. */
	private interface Call {

		@Nullable Object answer(Method method, Object[] arguments) throws SQLException;

	}

	/** Rows that are copied go to the copy too. */
	private final class RedirectedCopies extends CopyManager {

		RedirectedCopies(BaseConnection connection) throws SQLException {
			super(connection);
		}

		@Override
		public CopyIn copyIn(String sql) throws SQLException {
			return super.copyIn(redirected(sql));
		}

		@Override
		public CopyOut copyOut(String sql) throws SQLException {
			return super.copyOut(redirected(sql));
		}

	}

}
