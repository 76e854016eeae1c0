package io.sessionkit.spring.aot;

import java.util.Optional;

import io.sessionkit.Session;
import io.sessionkit.spring.web.SessionValue;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * A login, a page with a notice, a logout.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import(AotApp.AccountController.class)
public class AotApp {

	public static void main(String[] arguments) {
		SpringApplication.run(AotApp.class, arguments);
	}

	/** Who is logged in. */
	public record User(String name, Address address) {
	}

	/** Only ever named by {@link User}. */
	public record Address(String town) {
	}

	/** The pages. */
	@RestController
	public static class AccountController {

		@PostMapping("/login")
		void login(Session session, @RequestParam String name) {
			session.regenerateId();
			session.set("user", new User(name, new Address("Utrecht")));
			session.flash("notice", "Welcome");
		}

		@GetMapping("/account")
		String account(@SessionValue Optional<User> user, @SessionValue @Nullable String notice) {
			return user.map((present) -> present.name() + " of " + present.address().town()).orElse("nobody") + " "
					+ notice;
		}

		@PostMapping("/logout")
		void logout(Session session) {
			session.destroy();
		}

	}

}
