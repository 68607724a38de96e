package io.keysteward.forecast;

import java.time.Clock;

import javax.sql.DataSource;

import io.keysteward.job.RunMetricsPublisher;
import io.keysteward.notice.mail.MailFolder;
import io.keysteward.notice.webhook.Channels;
import io.keysteward.run.PolicyDocument;
import io.keysteward.source.SourceKind;

import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

/**
 * Makes an application one that works on the copy: the same code, with another clock,
 * copied sources, files for mails, silent channels, and no figures that are pushed.
 */
final class CopyContext implements ApplicationContextInitializer<ConfigurableApplicationContext> {

	private final StateCopy copy;

	private final CopiedKeys keys;

	private final PolicyDocument policy;

	private final NightClock clock;

	private final MailFolder mails;

	/**
	 * Prepares an application.
	 * @param policy of the run whose inventory it starts from, with its sources' places
	 */
	CopyContext(StateCopy copy, CopiedKeys keys, PolicyDocument policy, NightClock clock, MailFolder mails) {
		this.copy = copy;
		this.keys = keys;
		this.policy = policy;
		this.clock = clock;
		this.mails = mails;
	}

	@Override
	public void initialize(ConfigurableApplicationContext context) {
		GenericApplicationContext application = (GenericApplicationContext) context;
		application.registerBean("nightClock", Clock.class, () -> this.clock);
		application.registerBean("mailFolder", MailFolder.class, () -> this.mails);
		application.addBeanFactoryPostProcessor(
				(beans) -> remove(application, beans.getBeanNamesForType(RunMetricsPublisher.class, true, false)));
		// Before the fence, which is made by a bean.
		application.getBeanFactory().addBeanPostProcessor(replacing());
	}

	private static void remove(BeanDefinitionRegistry registry, String[] names) {
		for (String name : names) {
			registry.removeBeanDefinition(name);
		}
	}

	private BeanPostProcessor replacing() {
		return new BeanPostProcessor() {
			@Override
			public Object postProcessAfterInitialization(Object bean, String name) {
				if (bean instanceof DataSource governance) {
					return new RedirectedSql(governance, CopyContext.this.copy.names());
				}
				if (bean instanceof Channels channels) {
					return channels.rehearsed();
				}
				return (bean instanceof SourceKind kind)
						? new CopiedKind(kind, CopyContext.this.keys, CopyContext.this.policy, CopyContext.this.clock)
						: bean;
			}
		};
	}

}
