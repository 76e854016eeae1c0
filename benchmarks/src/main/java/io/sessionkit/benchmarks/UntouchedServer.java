package io.sessionkit.benchmarks;

import java.io.IOException;
import java.util.Map;

import io.sessionkit.spring.autoconfigure.SessionStorageAutoConfiguration;
import io.sessionkit.spring.autoconfigure.SessionWebAutoConfiguration;
import io.sessionkit.spring.web.SessionValue;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * The application that {@link UntouchedRequest} measures: prints its port, and ends when
 * its standard input does.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@RestController
class UntouchedServer {

	/** Leaves the starter out, as if it were not there. */
	static final String WITHOUT_STARTER = "--spring.autoconfigure.exclude="
			+ SessionStorageAutoConfiguration.class.getName() + "," + SessionWebAutoConfiguration.class.getName();

	/** What is measured. */
	@GetMapping("/none")
	String none() {
		return "ok";
	}

	/** Shows whether the session of a request counts. */
	@GetMapping("/user")
	String user(@SessionValue @Nullable String userId) {
		return String.valueOf(userId);
	}

	public static void main(String[] args) throws IOException {
		SpringApplication application = new SpringApplication(UntouchedServer.class);
		// The client sends many requests on each connection.
		application.setDefaultProperties(Map.of("server.port", "0", "server.tomcat.max-keep-alive-requests", "-1",
				"spring.main.banner-mode", "off", "sessionkit.cookie.secrets", SampleSession.SECRET));
		try (ConfigurableApplicationContext context = application.run(args)) {
			System.out.println(context.getEnvironment().getProperty("local.server.port"));
			while (System.in.read() >= 0) {
				// Until the parent closes it, or dies.
			}
		}
	}

}
