import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * A job that does nothing, with Spring Boot, Spring Batch and a database: what any job costs.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
public class EmptyJob {

	public static void main(String[] args) {
		System.exit(SpringApplication.exit(SpringApplication.run(EmptyJob.class, args)));
	}

	@Bean
	Job job(JobRepository repository, PlatformTransactionManager transactions) {
		return new JobBuilder("empty", repository)
			.start(new StepBuilder("nothing", repository)
				.tasklet((contribution, context) -> RepeatStatus.FINISHED, transactions)
				.build())
			.build();
	}

}
