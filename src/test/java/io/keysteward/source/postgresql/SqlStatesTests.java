package io.keysteward.source.postgresql;

import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * PostgreSQL's appendix of error codes, gone through once, of versions 14 to 18.
 */
class SqlStatesTests {

	@ParameterizedTest(name = "class {0}")
	@CsvSource(delimiter = '|',
			textBlock = """
					00 | 00000 |
					01 | 01000 0100C 01008 01003 01007 01006 01004 01P01 |
					02 | 02000 02001 |
					03 | 03000 |
					08 | 08004 | 08000 08003 08006 08001 08007 08P01
					09 | 09000 |
					0A | 0A000 |
					0B | 0B000 |
					0F | 0F000 0F001 |
					0L | 0L000 0LP01 |
					0P | 0P000 |
					0Z | 0Z000 0Z002 |
					10 | 10608 |
					20 | 20000 |
					21 | 21000 |
					22 | 22000 2202E 22021 22008 22012 22005 2200B 22022 22015 2201E 22014 22016 2201F 2201G 22018 22007 22019 2200D 22025 22P06 22010 22023 22013 2201B 2201W 2201X 2202H 2202G 22009 2200C 2200G 22004 22002 22003 2200H 22026 22001 22011 22027 22024 2200F 22P01 22P02 22P03 22P04 22P05 2200L 2200M 2200N 2200S 2200T 22030 22031 22032 22033 22034 22035 22036 22037 22038 22039 2203A 2203B 2203C 2203D 2203E 2203F 2203G |
					23 | 23000 23001 23502 23503 23505 23514 23P01 |
					24 | 24000 |
					25 | 25000 25001 25002 25008 25003 25004 25005 25007 25P01 25P02 | 25006 25P03 25P04
					26 | 26000 |
					27 | 27000 |
					28 | 28000 28P01 |
					2B | 2B000 2BP01 |
					2D | 2D000 |
					2F | 2F000 2F005 2F002 2F003 2F004 |
					34 | 34000 |
					38 | 38000 38001 38002 38003 38004 |
					39 | 39000 39001 39004 39P01 39P02 39P03 |
					3B | 3B000 3B001 |
					3D | 3D000 |
					3F | 3F000 |
					40 | | 40000 40002 40001 40003 40P01
					42 | 42000 42601 42501 42846 42803 42P20 42P19 42830 42602 42622 42939 42804 42P18 42P21 42P22 42809 428C9 42703 42883 42P01 42P02 42704 42701 42P03 42P04 42723 42P05 42P06 42P07 42712 42710 42702 42725 42P08 42P09 42P10 42611 42P11 42P12 42P13 42P14 42P15 42P16 42P17 |
					44 | 44000 |
					53 | 53400 | 53000 53100 53200 53300
					54 | 54000 54001 54011 54023 |
					55 | 55P02 55P04 | 55000 55006 55P03
					57 | 57P04 | 57000 57014 57P01 57P02 57P03 57P05
					58 | 58P03 | 58000 58030 58P01 58P02
					72 | | 72000
					F0 | F0000 F0001 |
					HV | HV005 HV002 HV010 HV021 HV024 HV007 HV008 HV004 HV006 HV091 HV00B HV00C HV00D HV090 HV00A HV009 HV00P HV00J HV00K HV00Q HV00R | HV000 HV014 HV001 HV00L HV00M HV00N
					P0 | P0000 P0001 P0002 P0003 P0004 |
					XX | XX001 XX002 | XX000
					of a driver | 99999 07001 |
					""")
	void whatPassesByItselfIsTriedAgainAndNothingElse(String sqlClass, @Nullable String lasting,
			@Nullable String passing) {
		assertThat(codes(lasting)).noneMatch(SqlStates::isTransient);
		assertThat(codes(passing)).allMatch(SqlStates::isTransient);
	}

	private static Set<String> codes(@Nullable String codes) {
		return (codes != null) ? Set.of(codes.split(" ")) : Set.of();
	}

}
