package io.keysteward.config;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import org.springframework.boot.context.properties.bind.DataObjectPropertyName;

/**
 * The names of all properties in a tree of records, as YAML writes them.
 */
final class PropertyNames {

	private PropertyNames() {
	}

	/**
	 * {@return the names; an element of a list is {@code []}}
	 * @param prefix of all names
	 * @param type the root record
	 */
	static Set<String> list(String prefix, Class<?> type) {
		Set<String> names = new TreeSet<>();
		collect(prefix, type, names);
		return names;
	}

	private static void collect(String prefix, Class<?> type, Set<String> names) {
		for (RecordComponent component : type.getRecordComponents()) {
			String name = prefix + "." + DataObjectPropertyName.toDashedForm(component.getName());
			Class<?> element = elementOf(component.getGenericType());
			boolean list = List.class.isAssignableFrom(component.getType());
			Class<?> value = list ? element : component.getType();
			if (value.isRecord()) {
				collect(list ? name + "[]" : name, value, names);
			}
			else {
				names.add(name);
			}
		}
	}

	private static Class<?> elementOf(Type type) {
		if (type instanceof ParameterizedType list && list.getActualTypeArguments()[0] instanceof Class<?> element) {
			return element;
		}
		return Object.class;
	}

}
