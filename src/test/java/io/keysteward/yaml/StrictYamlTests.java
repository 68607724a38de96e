package io.keysteward.yaml;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.keysteward.text.Failure;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class StrictYamlTests {

	private final StrictYaml yaml = new StrictYaml(List.of());

	private final List<String> faults = new ArrayList<>();

	@Test
	void mapsOfListsAreRead() {
		Book book = this.yaml.read("f.yaml", "people:\n  u-1: [a@x, b@x]\n  payments/12: [c@x]\n  12: []\n",
				Book.class);
		assertThat(book.people()).containsEntry("u-1", List.of("a@x", "b@x"))
			.containsEntry("payments/12", List.of("c@x"))
			.containsEntry("12", List.of());
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			poeple: {}             | :1: unknown key 'poeple'; did you mean 'people'?
			a/b: {}                | :1: unknown key 'a/b'; allowed: people
			people: [a]            | :1: people must hold keys of its own, each with its value
			people: { u: a@x }     | :1: people.u must be a list, such as [one, other]
			people: { u: [''] }    | :1: people.u '' must be text
			people: { u: [[a]] }   | :1: people.u must be text
			people: { u: [], u: []}| :1: duplicate key 'u'; take one of them out
			people                 | :1: must hold keys and values, and nothing after them: people
			""")
	void whatIsNotUnderstoodIsOneLineThatSaysWhere(String line, String expected) {
		Failure failure = catchThrowableOfType(Failure.class, () -> this.yaml.read("f.yaml", line + "\n", Book.class));
		assertThat(failure.line()).isEqualTo("f.yaml" + expected);
	}

	@Test
	void anEntryThatIsNotUnderstoodDoesNotHideTheOthers() {
		List<Entry<Item>> entries = entries("""
				items:
				  - { id: one, sub: { at: x } }
				  - id: two
				    sub:
				      att: x
				  - id: three
				    id: drei
				    id: trois
				  - four
				  -
				  - id: [six]
				  - id: seven
				""");
		assertThat(entries).extracting((entry) -> entry.line() + " " + entry.content().id())
			.containsExactly("2 one", "12 seven");
		assertThat(this.faults).containsExactlyInAnyOrder("f.yaml:5: unknown key 'att' under sub; did you mean 'at'?",
				"f.yaml:7: duplicate key 'id'; take one of them out",
				"f.yaml:8: duplicate key 'id'; take one of them out",
				"f.yaml:9: an entry must hold keys of its own: id, sub",
				"f.yaml:10: is an empty entry; write its keys or take it out", "f.yaml:11: id must be text");
	}

	@Test
	void whatComesBeforeBrokenTextIsRead() {
		assertThat(entries("items:\n  - id: one\n  - id: \"two\n  - id: three\n")).hasSize(1);
		assertThat(this.faults).hasSize(1)
			.allMatch((fault) -> fault.matches("f.yaml:3:\\d+: is not readable as YAML: .*"));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			itmes: []                      | f.yaml:1: unknown key 'itmes'; did you mean 'items'?
			items:                         | f.yaml:1: items must be a list; write 'items: []' where there are none
			items: {}                      | f.yaml:1: items must be a list; write 'items: []' where there are none
			- id: one                      | f.yaml:1: must begin with 'items:'
			text                           | f.yaml:1: must begin with 'items:'
			{}                             | f.yaml:1: items is required; write 'items: []' where there are none
			{items: [], items: []}         | f.yaml:1: duplicate key 'items'; take one of them out
			""")
	void aFileThatIsNotOneListIsAFault(String text, String expected) {
		assertThat(entries(text + "\n")).isEmpty();
		assertThat(this.faults).contains(expected);
	}

	@Test
	void aSecondDocumentIsAFault() {
		assertThat(entries("items: [{id: one}]\n---\nitems: [{id: two}]\n")).hasSize(1);
		assertThat(this.faults).containsExactly("f.yaml:3: nothing may follow the list of items");
	}

	private List<Entry<Item>> entries(String text) {
		return this.yaml.entries("f.yaml", text, "items", Item.class, this.faults::add);
	}

	/**
	 * Lists by name.
	 */
	record Book(@Nullable Map<String, @Nullable List<@Nullable String>> people) {
	}

	/**
	 * An entry.
	 */
	record Item(@Nullable String id, @Nullable Sub sub) {
	}

	/**
	 * What is in an entry.
	 */
	record Sub(@Nullable String at) {
	}

}
