package io.sessionkit.benchmarks.counted;

import java.io.IOException;
import java.util.Map;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * A small application that has to start without SessionKit as well, hence does not know
 * it. It says when it is ready, whether it has sessions of SessionKit, and its threads;
 * and ends when its standard input does.
 */
@EnableAutoConfiguration
@RestController
class StartedServer {

	/** Without this there would be nothing to serve. */
	@GetMapping("/none")
	String none() {
		return "ok";
	}

	public static void main(String[] args) throws IOException {
		SpringApplication application = new SpringApplication(StartedServer.class);
		application.setDefaultProperties(Map.of("server.port", "0", "spring.main.banner-mode", "off",
				"logging.level.root", "error", "sessionkit.cookie.secrets", "J7mBq0pYwXc2sR9dKfZt4uVhN1oEgL6i"));
		try (ConfigurableApplicationContext context = application.run(args)) {
			System.out.println("ready");
			System.out.println(context.containsBean("sessionStorage"));
			System.out.println(String.join("\t",
					Thread.getAllStackTraces().keySet().stream().map(Thread::getName).sorted().toList()));
			while (System.in.read() >= 0) {
				// Until the parent closes it, or dies.
			}
		}
	}

}
