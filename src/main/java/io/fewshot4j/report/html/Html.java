package io.fewshot4j.report.html;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Pieces of a page; every text is escaped here, and only what is called markup is not. */
final class Html {
    private Html() {}

    /** Text for an element or a quoted attribute. */
    static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    /** {@code <name>text</name>}; the name may carry attributes. */
    static String tag(String name, String text) {
        return markup(name, escape(text));
    }

    /** An element around what is markup already. */
    static String markup(String name, String inner) {
        return "<" + name + ">" + inner + "</" + name.split(" ", 2)[0] + ">\n";
    }

    /** A titled part of the page. */
    static String section(String title, String inner) {
        return markup("section", tag("h2", title) + inner);
    }

    /** A table of figures: the first column names the row. */
    static String table(String caption, List<String> header, List<List<String>> rows) {
        String head = header.stream().map(h -> tag("th scope=\"col\"", h)).collect(Collectors.joining());
        String body = rows.stream().map(Html::row).collect(Collectors.joining());
        String inner = tag("caption", caption) + markup("thead", markup("tr", head)) + markup("tbody", body);
        return markup("div class=\"scroll\" tabindex=\"0\"", markup("table", inner));
    }

    private static String row(List<String> cells) {
        String rest = cells.stream().skip(1).map(c -> tag("td", c)).collect(Collectors.joining());
        return markup("tr", tag("th scope=\"row\"", cells.get(0)) + rest);
    }

    /** Names and values. */
    static String facts(Iterable<? extends Map.Entry<String, String>> entries) {
        StringBuilder list = new StringBuilder();
        entries.forEach(e -> list.append(markup("div", tag("dt", e.getKey()) + tag("dd", e.getValue()))));
        return markup("dl", list.toString());
    }

    /** Text that opens on request. */
    static String details(String summary, String inner) {
        return markup("details", tag("summary", summary) + inner);
    }
}
