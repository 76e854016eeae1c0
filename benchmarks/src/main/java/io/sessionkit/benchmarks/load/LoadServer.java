package io.sessionkit.benchmarks.load;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

import io.sessionkit.spring.autoconfigure.SessionStorageAutoConfiguration;
import io.sessionkit.spring.autoconfigure.SessionWebAutoConfiguration;

import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Runs the application of a variant: prints its port, and ends when its standard input
 * does.
 */
final class LoadServer {

	private LoadServer() {
	}

	public static void main(String[] args) throws IOException {
		Variant variant = Variant.of(args[0]);
		Map<String, Object> defaults = new HashMap<>(Map.of("server.port", "0", "spring.main.banner-mode", "off",
				"logging.level.root", "error", "server.tomcat.max-keep-alive-requests", "-1",
				// For what connects between the measurements.
				"server.tomcat.keep-alive-timeout", "-1", "load.fat", Integer.toString(variant.fat()),
				// On two processors that many threads wait for each other.
				"sessionkit.timeout", "5s",
				// All threads live as long as the measurement, so that none takes along
				// what it has allocated.
				"server.tomcat.threads.min-spare", "64", "server.tomcat.threads.max", "64", "sessionkit.cookie.secrets",
				"J7mBq0pYwXc2sR9dKfZt4uVhN1oEgL6i"));
		// The load keeps the cookies that it began with, and would be sent a renewed one
		// for each request, where a browser gets one in a tenth of this time.
		defaults.put("sessionkit.idle-timeout", "12h");
		for (String property : variant.properties()) {
			defaults.put(property.substring(0, property.indexOf('=')), property.substring(property.indexOf('=') + 1));
		}
		if (!variant.isSessionKit()) {
			// Neither peers nor floors carry our filter.
			defaults.put("spring.autoconfigure.exclude", SessionStorageAutoConfiguration.class.getName() + ","
					+ SessionWebAutoConfiguration.class.getName());
		}
		SpringApplication application = new SpringApplication(variant.application());
		application.setDefaultProperties(defaults);
		String[] rest = new String[args.length - 1];
		System.arraycopy(args, 1, rest, 0, rest.length);
		try (ConfigurableApplicationContext context = application.run(rest)) {
			System.out.println(context.getEnvironment().getProperty("local.server.port"));
			while (System.in.read() >= 0) {
				// Until the parent closes it, or dies.
			}
		}
	}

}
