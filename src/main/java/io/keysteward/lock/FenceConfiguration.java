package io.keysteward.lock;

import javax.sql.DataSource;

import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Puts the fence in front of the governance database, for every bean that uses it.
 */
@Configuration(proxyBeanMethods = false)
class FenceConfiguration {

	@Bean
	static BeanPostProcessor fence() {
		return new BeanPostProcessor() {
			@Override
			public Object postProcessAfterInitialization(Object bean, String name) {
				return (bean instanceof DataSource dataSource) ? new FencedDataSource(dataSource) : bean;
			}
		};
	}

}
