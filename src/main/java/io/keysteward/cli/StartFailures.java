package io.keysteward.cli;

import java.sql.SQLException;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import io.keysteward.config.PropertyOrigin;
import io.keysteward.config.UnknownProperties;
import io.keysteward.job.Failures;
import io.keysteward.text.Failure;
import io.keysteward.text.ShownUrl;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.exception.FlywayValidateException;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

import org.springframework.boot.context.config.ConfigDataException;
import org.springframework.boot.context.config.ConfigDataLocation;
import org.springframework.boot.context.config.ConfigDataLocationNotFoundException;
import org.springframework.boot.context.config.ConfigDataNotFoundException;
import org.springframework.boot.context.config.ConfigDataResourceNotFoundException;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.UnboundConfigurationPropertiesException;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.origin.Origin;

/**
 * Turns the exception of a failed start into one line that names the property or the
 * file.
 */
final class StartFailures {

	/**
	 * The SQLSTATEs with which PostgreSQL refuses to change a table on which a view
	 * depends.
	 */
	private static final Set<String> DEPENDENT = Set.of("0A000", "2BP01");

	/**
	 * Values of properties with such names are never shown.
	 */
	private static final Pattern SECRET = Pattern.compile("password|secret|token|credential|header|datasource$");

	/** The beginning of Spring Boot's message, which has no exception type of its own. */
	private static final String UNKNOWN_PLACE = "Unable to load config data from ";

	private StartFailures() {
	}

	static Failure translate(Throwable exception) {
		Failure foreseen = find(exception, Failure.class);
		if (foreseen != null) {
			return foreseen;
		}
		UnboundConfigurationPropertiesException unbound = find(exception,
				UnboundConfigurationPropertiesException.class);
		if (unbound != null) {
			return UnknownProperties.failure(unbound.getUnboundProperties(), unbound);
		}
		BindException bind = find(exception, BindException.class);
		if (bind != null) {
			return unusable(bind);
		}
		ConfigDataNotFoundException missing = find(exception, ConfigDataNotFoundException.class);
		if (missing != null) {
			return missing(missing);
		}
		ConfigDataException config = find(exception, ConfigDataException.class);
		if (config != null) {
			return Failure.configuration("spring.config: " + config.getMessage(), config);
		}
		IllegalStateException place = find(exception, IllegalStateException.class);
		String unknown = (place != null) ? String.valueOf(place.getMessage()) : "";
		if (unknown.startsWith(UNKNOWN_PLACE)) {
			return Failure.configuration("spring.config.location or spring.config.additional-location: "
					+ unknown.substring(UNKNOWN_PLACE.length())
					+ " is no file of a known kind; write .yaml behind a file's name, and a slash behind a folder's",
					place);
		}
		FlywayException tables = find(exception, FlywayException.class);
		Failure unfit = (tables != null) ? unfit(tables) : null;
		return (unfit != null) ? unfit : Failures.translate(exception);
	}

	/**
	 * {@return why the existing tables cannot be used; null: the tables are not the
	 * cause}
	 */
	private static @Nullable Failure unfit(FlywayException tables) {
		if (tables instanceof FlywayValidateException) {
			String why = String.valueOf(tables.getMessage()).lines().skip(1).findFirst().orElse("").strip();
			return Failure
				.configuration("spring.datasource.url: the tables in schema keysteward are not those that this"
						+ " version has made: " + why.replaceFirst("\\.$", "")
						+ "; start the version that made them, or restore a backup of the database", tables);
		}
		SQLException refused = find(tables, SQLException.class);
		if (refused != null && DEPENDENT.contains(String.valueOf(refused.getSQLState()))) {
			return Failure
				.configuration("spring.datasource.url: the tables in schema keysteward cannot be brought up to"
						+ " date, since something of yours depends on them: " + reason(refused)
						+ "; drop it, start again, and create it anew", tables);
		}
		return null;
	}

	private static String reason(SQLException refused) {
		ServerErrorMessage server = (refused instanceof PSQLException driver) ? driver.getServerErrorMessage() : null;
		return (server != null) ? server.getMessage() + ((server.getDetail() != null) ? ": " + server.getDetail() : "")
				: ShownUrl.within(String.valueOf(refused.getMessage()));
	}

	private static Failure unusable(BindException bind) {
		ConfigurationProperty property = bind.getProperty();
		Class<?> type = bind.getTarget().getType().resolve(Object.class);
		if (property == null) {
			return Failure.configuration(bind.getName() + ": must be " + kind(type), bind);
		}
		String value = SECRET.matcher(property.getName().toString()).find() ? "(hidden)"
				: "'" + ShownUrl.within(String.valueOf(property.getValue())) + "'";
		return Failure.configuration(property.getName() + PropertyOrigin.where(property) + ": " + value
				+ " is not allowed; it must be " + kind(type), bind);
	}

	private static Failure missing(ConfigDataNotFoundException missing) {
		ConfigDataLocation location = (missing instanceof ConfigDataResourceNotFoundException resource)
				? resource.getLocation()
				: (missing instanceof ConfigDataLocationNotFoundException place) ? place.getLocation() : null;
		Origin origin = missing.getOrigin();
		return Failure.configuration(
				((origin != null) ? "spring.config.import" : "spring.config.location") + PropertyOrigin.where(origin)
						+ ": '" + ((location != null) ? location : missing.getReferenceDescription())
						+ "' is not there; correct it, or write optional: before it",
				missing);
	}

	private static String kind(Class<?> type) {
		if (type == LogLevel.class) {
			return "trace, debug, info, warn, error or off";
		}
		if (type.isEnum()) {
			return "one of "
					+ Arrays.stream(type.getEnumConstants()).map(String::valueOf).collect(Collectors.joining(", "));
		}
		if (Collection.class.isAssignableFrom(type) || type.isArray()) {
			return "a list, each entry behind a hyphen";
		}
		if (Map.class.isAssignableFrom(type) || type.isRecord()) {
			return "keys of its own, each with its value";
		}
		return switch (type.getName()) {
			case "java.time.Duration" -> "a duration, such as 45d, 48h or 5m";
			case "int", "java.lang.Integer" -> "a whole number up to " + Integer.MAX_VALUE;
			case "long", "java.lang.Long" -> "a whole number up to " + Long.MAX_VALUE;
			case "org.springframework.util.unit.DataSize" -> "a size, such as 8MB";
			case "boolean", "java.lang.Boolean" -> "true or false";
			default -> "readable as " + type.getSimpleName();
		};
	}

	private static <T extends Throwable> @Nullable T find(Throwable exception, Class<T> type) {
		for (Throwable cause = exception; cause != null; cause = cause.getCause()) {
			if (type.isInstance(cause)) {
				return type.cast(cause);
			}
		}
		return null;
	}

}
