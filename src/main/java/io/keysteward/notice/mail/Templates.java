package io.keysteward.notice.mail;

import java.util.Locale;
import java.util.Map;

import org.thymeleaf.TemplateEngine;
import org.thymeleaf.context.Context;
import org.thymeleaf.spring6.SpringTemplateEngine;
import org.thymeleaf.templatemode.TemplateMode;
import org.thymeleaf.templateresolver.ClassLoaderTemplateResolver;

import org.springframework.stereotype.Component;

/**
 * Renders mails from the templates in this package: {@code .html} escapes its values,
 * {@code .txt} does not.
 */
@Component
class Templates {

	private final TemplateEngine engine = new SpringTemplateEngine();

	Templates() {
		this.engine.addTemplateResolver(resolver("*.html", TemplateMode.HTML));
		this.engine.addTemplateResolver(resolver("*.txt", TemplateMode.TEXT));
	}

	/**
	 * {@return the template's text, with {@code letter} filled in}
	 */
	String write(String template, Object letter) {
		return this.engine.process(template, new Context(Locale.ROOT, Map.of("letter", letter)));
	}

	private static ClassLoaderTemplateResolver resolver(String pattern, TemplateMode mode) {
		ClassLoaderTemplateResolver resolver = new ClassLoaderTemplateResolver(Templates.class.getClassLoader());
		resolver.setPrefix("io/keysteward/notice/mail/");
		resolver.getResolvablePatternSpec().addPattern(pattern);
		resolver.setTemplateMode(mode);
		resolver.setCharacterEncoding("UTF-8");
		return resolver;
	}

}
