package io.keysteward;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Draws the map of the packages: boxes in layers, and below them who may use whom.
 */
final class MapPicture {

	private static final int WIDTH = 1280;

	private static final int LEFT = 60;

	private static final int RIGHT = WIDTH - 24;

	private static final int GAP = 8;

	private static final int PADDING = 9;

	private static final int LINE = 15;

	private static final int CELL = 21;

	/** Of a name, for each letter. */
	private static final double LETTER = 7.3;

	private static final String HEAD = """
			<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %1$d %2$d" width="%1$d" height="%2$d" role="img">
			<title>The packages of Keysteward</title>
			<desc>Drawn by MapPictureTests from the table in CONTRIBUTING.md. Each package uses only packages of lower layers.</desc>
			<style>
			text { font: 11px "DejaVu Sans", Verdana, sans-serif; fill: #1f2328 }
			.name { font: bold 12px "DejaVu Sans Mono", Menlo, Consolas, monospace }
			.quiet { fill: #59636e }
			.ground { fill: #ffffff }
			.box { fill: #f6f8fa; stroke: #8c959f }
			.line { stroke: #d1d9e0; fill: none }
			.arrow { stroke: #59636e; fill: none }
			.uses { fill: #0969da }
			.may { stroke: #0969da; stroke-width: 1.5; fill: none }
			.self { fill: #d1d9e0 }
			@media (prefers-color-scheme: dark) {
			text { fill: #e6edf3 }
			.quiet { fill: #9198a1 }
			.ground { fill: #0d1117 }
			.box { fill: #151b23; stroke: #656c76 }
			.line { stroke: #3d444d }
			.arrow { stroke: #9198a1 }
			.uses { fill: #4493f8 }
			.may { stroke: #4493f8 }
			.self { fill: #3d444d }
			}
			</style>
			<rect class="ground" width="%1$d" height="%2$d"/>
			""";

	private final PackageMap map;

	private final Map<String, Set<String>> uses = new HashMap<>();

	private final StringBuilder body = new StringBuilder();

	MapPicture(PackageMap map) {
		this.map = map;
		map.rows().forEach((row) -> this.uses.put(row.name(), map.allowed(row)));
	}

	String svg() {
		List<PackageMap.Row> order = new ArrayList<>();
		int y = 24;
		for (List<PackageMap.Row> layer : layers()) {
			order.addAll(layer);
			y = drawLayer(layer, y) + 12;
		}
		drawArrow(24, y - 12);
		int height = drawMatrix(order, y + 20) + 24;
		return HEAD.formatted(WIDTH, height) + this.body + "</svg>\n";
	}

	/** From top to bottom; a package is one layer above the highest that it may use. */
	private List<List<PackageMap.Row>> layers() {
		TreeMap<Integer, List<PackageMap.Row>> layers = new TreeMap<>();
		for (PackageMap.Row row : this.map.rows()) {
			layers.computeIfAbsent(height(row.name(), List.of()), (height) -> new ArrayList<>()).add(row);
		}
		return List.copyOf(layers.descendingMap().values());
	}

	private int height(String name, List<String> way) {
		if (way.contains(name)) {
			throw new IllegalStateException(
					"packages use each other in a circle: " + String.join(" > ", way) + " > " + name);
		}
		List<String> further = new ArrayList<>(way);
		further.add(name);
		return this.uses.getOrDefault(name, Set.of())
			.stream()
			.mapToInt((used) -> height(used, further) + 1)
			.max()
			.orElse(0);
	}

	/** In as many rows as its names need. */
	private int drawLayer(List<PackageMap.Row> layer, int top) {
		int most = (int) ((RIGHT - LEFT + GAP) / (longestName() + 2 * PADDING + GAP));
		int rows = (layer.size() + most - 1) / most;
		int each = (layer.size() + rows - 1) / rows;
		int y = top;
		for (int from = 0; from < layer.size(); from += each) {
			y = drawBoxes(layer.subList(from, Math.min(from + each, layer.size())), y) + GAP;
		}
		return y - GAP;
	}

	private int drawBoxes(List<PackageMap.Row> boxes, int top) {
		int width = (RIGHT - LEFT + GAP) / boxes.size() - GAP;
		List<List<String>> roles = boxes.stream().map((row) -> lines(row.role(), width - 2 * PADDING)).toList();
		int height = 2 * PADDING + LINE * (1 + roles.stream().mapToInt(List::size).max().orElse(0));
		for (int i = 0; i < boxes.size(); i++) {
			int x = LEFT + i * (RIGHT - LEFT + GAP) / boxes.size();
			draw("<rect class=\"box\" x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"5\"/>", x, top, width, height);
			int y = top + PADDING + 11;
			text("name", x + PADDING, y, "", boxes.get(i).name());
			for (String line : roles.get(i)) {
				y += LINE;
				text("quiet", x + PADDING, y, "", line);
			}
		}
		return top + height;
	}

	private double longestName() {
		return LETTER * this.map.rows().stream().mapToInt((row) -> row.name().length()).max().orElse(0);
	}

	private void drawArrow(int top, int bottom) {
		draw("<path class=\"arrow\" d=\"M34 %d V%d m-5 -9 l5 9 l5 -9\"/>", top, bottom);
		int middle = (top + bottom) / 2;
		text("quiet", 24, middle, " text-anchor=\"middle\" transform=\"rotate(-90 24 %d)\"".formatted(middle),
				"a package uses only packages of lower layers");
	}

	private int drawMatrix(List<PackageMap.Row> order, int top) {
		int x = LEFT + (int) longestName() + 20;
		int y = top + (int) (longestName() * Math.sqrt(0.5)) + 12;
		int column = (RIGHT - 70 - x) / order.size();
		int bottom = y + order.size() * CELL;
		drawGrid(order.size(), x, y, column);
		for (int i = 0; i < order.size(); i++) {
			PackageMap.Row row = order.get(i);
			int middle = x + i * column + column / 2;
			text("name", middle, y - 7, " transform=\"rotate(-45 %d %d)\"".formatted(middle, y - 7), row.name());
			text("name", x - 8, y + i * CELL + 15, " text-anchor=\"end\"", row.name());
			for (int j = 0; j < order.size(); j++) {
				if (this.map.allowed(row).contains(order.get(j).name())) {
					drawDot(row.mayUseEverything(), x + j * column + column / 2, y + i * CELL + CELL / 2);
				}
			}
		}
		drawDot(false, x + 6, bottom + 20);
		text("quiet", x + 18, bottom + 24, "", "the package on the left uses the package above");
		drawDot(true, x + 346, bottom + 20);
		text("quiet", x + 358, bottom + 24, "", "may use it, since the table says \"everything\"");
		return bottom + 28;
	}

	private void drawGrid(int size, int x, int y, int column) {
		for (int i = 0; i < size; i++) {
			draw("<rect class=\"self\" x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\"/>", x + i * column, y + i * CELL,
					column, CELL);
		}
		for (int i = 0; i <= size; i++) {
			draw("<path class=\"line\" d=\"M%d %dh%dM%d %dv%d\"/>", x, y + i * CELL, size * column, x + i * column, y,
					size * CELL);
		}
	}

	private void drawDot(boolean open, int x, int y) {
		draw("<circle class=\"%s\" cx=\"%d\" cy=\"%d\" r=\"5\"/>", open ? "may" : "uses", x, y);
	}

	private void text(String kind, int x, int y, String more, String text) {
		draw("<text class=\"%s\" x=\"%d\" y=\"%d\"%s>%s</text>", kind, x, y, more,
				text.replace("&", "&amp;").replace("<", "&lt;"));
	}

	private void draw(String format, Object... values) {
		this.body.append(format.formatted(values)).append('\n');
	}

	private static List<String> lines(String role, int width) {
		List<String> lines = new ArrayList<>();
		String line = "";
		for (String word : role.replace("`", "").split(" ")) {
			String longer = line.isEmpty() ? word : line + " " + word;
			if (!line.isEmpty() && width(longer) > width) {
				lines.add(line);
				longer = word;
			}
			line = longer;
		}
		lines.add(line);
		return lines;
	}

	/**
	 * In pixels, at most: fonts differ, so letters are taken to be as wide as those of a
	 * wide one.
	 */
	private static double width(String text) {
		return text.chars().mapToDouble((letter) -> switch (letter) {
			case 'i', 'j', 'l', ' ', '.', ',', ':', ';', '\'' -> 3.8;
			case 'f', 'r', 't', '(', ')', '-' -> 5;
			case 'm', 'w', 'M', 'W' -> 10.8;
			default -> Character.isUpperCase(letter) ? 8.4 : 7.1;
		}).sum();
	}

}
