package io.sessionkit.spring.mvc;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

import io.sessionkit.Session;
import io.sessionkit.spring.app.CountingStrategy;
import io.sessionkit.spring.app.ForeignForm;
import jakarta.servlet.http.HttpServletRequest;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.format.annotation.DateTimeFormat;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.validation.BindingResult;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;
import org.springframework.web.bind.annotation.SessionAttribute;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/**
 * Forms that are sent, found wrong, and shown again behind a redirect, and pages that ask
 * for the session in Spring's own ways.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import({ FormsApp.Forms.class, FormsApp.Elsewhere.class, FormsApp.Untyped.class, FormsApp.Attributes.class })
class FormsApp {

	@Bean
	CountingStrategy store() {
		return new CountingStrategy();
	}

	enum Level {

		LOW, HIGH;

		@Override
		public String toString() {
			return name().toLowerCase(Locale.ROOT);
		}

	}

	static final class Address {

		private String city = "";

		public String getCity() {
			return this.city;
		}

		public void setCity(String city) {
			this.city = city;
		}

	}

	static final class Form {

		private String name = "";

		private int age;

		@DateTimeFormat(pattern = "dd.MM.yyyy")
		private LocalDate born;

		private Level level = Level.LOW;

		private Address address = new Address();

		private List<Address> others = new ArrayList<>();

		public String getName() {
			return this.name;
		}

		public void setName(String name) {
			this.name = name;
		}

		public int getAge() {
			return this.age;
		}

		public void setAge(int age) {
			this.age = age;
		}

		public LocalDate getBorn() {
			return this.born;
		}

		public void setBorn(LocalDate born) {
			this.born = born;
		}

		public Level getLevel() {
			return this.level;
		}

		public void setLevel(Level level) {
			this.level = level;
		}

		public Address getAddress() {
			return this.address;
		}

		public void setAddress(Address address) {
			this.address = address;
		}

		public List<Address> getOthers() {
			return this.others;
		}

		public void setOthers(List<Address> others) {
			this.others = others;
		}

	}

	record Contact(String name, int age) {

	}

	private static String back(String name, Object form, BindingResult errors, String to, RedirectAttributes redirect) {
		redirect.addFlashAttribute(name, form);
		redirect.addFlashAttribute(BindingResult.MODEL_KEY_PREFIX + name, errors);
		return "redirect:" + to;
	}

	/** The page knows the class of its form, at least by the method that receives it. */
	@Controller
	static class Forms {

		@PostMapping("/form")
		String send(@ModelAttribute("form") Form form, BindingResult errors, @RequestParam String to,
				RedirectAttributes redirect) {
			if (form.getBorn() != null && form.getBorn().getYear() > 2000) {
				errors.rejectValue("born", "young", new Object[] { 18 }, "must be {0} years");
			}
			errors.rejectValue("address.city", "unknown", "is not known");
			errors.reject("closed", new Object[] { 3 }, "Closed for {0} days");
			return back("form", form, errors, to, redirect);
		}

		@GetMapping("/form")
		String form(Model model) {
			if (!model.containsAttribute("form")) {
				model.addAttribute("form", new Form());
			}
			return "form";
		}

		@GetMapping("/typed")
		@ResponseBody
		String typed(@ModelAttribute("form") Form form) {
			return form.getName() + " " + form.getBorn() + " " + form.getLevel() + " " + form.getAddress().getCity();
		}

		@PostMapping("/contact")
		String send(@ModelAttribute("contact") Contact contact, BindingResult errors, RedirectAttributes redirect) {
			errors.rejectValue("age", "young", "is too young");
			return back("contact", contact, errors, "/contact", redirect);
		}

		@GetMapping("/contact")
		String contact(Model model) {
			return model.containsAttribute("contact") ? "contact" : "redirect:/form";
		}

		@PostMapping("/foreign")
		String send(@ModelAttribute("foreign") ForeignForm form, BindingResult errors, @RequestParam String to,
				RedirectAttributes redirect) {
			errors.rejectValue("name", "unknown", "is not known");
			return back("foreign", form, errors, to, redirect);
		}

		@GetMapping("/foreign")
		String foreign(Model model) {
			return model.containsAttribute("foreign") ? "foreign" : "redirect:/form";
		}

		@PostMapping("/values")
		String values(RedirectAttributes redirect) {
			Form form = new Form();
			form.setName("in a list");
			redirect.addFlashAttribute("date", LocalDate.of(2026, 2, 3));
			redirect.addFlashAttribute("level", Level.HIGH);
			redirect.addFlashAttribute("count", 3);
			redirect.addFlashAttribute("id", new UUID(1, 2));
			redirect.addFlashAttribute("contact", new Contact("ada", 36));
			redirect.addFlashAttribute("forms", List.of(form, form));
			redirect.addFlashAttribute("names", List.of("a", "b"));
			redirect.addFlashAttribute("byName", Map.of("x", new Contact("x", 1)));
			redirect.addFlashAttribute("nothing", null);
			return "redirect:/values";
		}

		@GetMapping("/values")
		@ResponseBody
		String values(Model model) {
			Map<String, String> classes = new TreeMap<>();
			model.asMap().forEach((name, value) -> classes.put(name, describe(value)));
			return classes.toString();
		}

		private static String describe(Object value) {
			if (value instanceof List<?> list) {
				return "List of " + list.get(0).getClass().getSimpleName();
			}
			if (value instanceof Map<?, ?> map) {
				return "Map of " + map.values().iterator().next().getClass().getSimpleName();
			}
			return (value != null) ? value.getClass().getSimpleName() : "null";
		}

	}

	/** Has no method that receives the form. */
	@Controller
	static class Elsewhere {

		@GetMapping("/elsewhere")
		String form() {
			return "form";
		}

		@GetMapping("/elsewhere/typed")
		@ResponseBody
		String foreign(@ModelAttribute("foreign") ForeignForm form) {
			return form.toString();
		}

		@GetMapping("/elsewhere/list")
		@ResponseBody
		@SuppressWarnings("NonApiType") // the class that such parameters have
		String list(@ModelAttribute("forms") ArrayList<Address> forms) {
			return forms.get(0).getCity();
		}

		@PostMapping("/list")
		String list(RedirectAttributes redirect) {
			Address address = new Address();
			address.setCity("Utrecht");
			redirect.addFlashAttribute("forms", List.of(address));
			return "redirect:/elsewhere/list";
		}

	}

	/** Says of no form what it is. */
	@Controller
	static class Untyped {

		@GetMapping("/untyped")
		String foreign() {
			return "foreign";
		}

	}

	/** Asks in Spring's way for what the session has. */
	@Controller
	static class Attributes {

		@PostMapping("/attributes")
		@ResponseBody
		String set(Session session, HttpServletRequest request) {
			session.set("contact", new Contact("ada", 36));
			session.set("user", "ada");
			session.set("visits", 7);
			session.flash("notice", "kept");
			return "set";
		}

		@PostMapping("/container")
		@ResponseBody
		String container(HttpServletRequest request) {
			request.getSession().setAttribute("legacy", "of the container");
			return "set";
		}

		@GetMapping("/required")
		@ResponseBody
		String required(@SessionAttribute Contact contact, @SessionAttribute("user") String name,
				@SessionAttribute int visits) {
			return contact.name() + " " + name + " " + visits;
		}

		@GetMapping("/optional")
		@ResponseBody
		String optional(@SessionAttribute(name = "contact", required = false) Contact contact,
				@SessionAttribute("legacy") Optional<String> legacy) {
			return contact + " " + legacy.orElse("none");
		}

		@GetMapping("/template")
		String template() {
			return "session";
		}

		@GetMapping("/template/plain")
		String plain() {
			return "plain";
		}

		@GetMapping("/notice")
		@ResponseBody
		String notice(Session session) {
			return String.valueOf(session.get("notice"));
		}

	}

}
