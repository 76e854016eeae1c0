package io.sessionkit.spring.mvc;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.sessionkit.Session;
import io.sessionkit.spring.app.CountingStrategy;
import jakarta.servlet.http.HttpServletRequest;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;
import org.springframework.web.bind.annotation.SessionAttributes;
import org.springframework.web.bind.support.SessionStatus;
import org.springframework.web.servlet.View;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/**
 * Controllers that use what Spring MVC keeps in sessions, and know nothing of us.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import({ MvcApp.Redirecting.class, MvcApp.Wizard.class })
class MvcApp {

	@Bean
	CountingStrategy store() {
		return new CountingStrategy();
	}

	/** A step further with each page. */
	static final class Order {

		private String name = "";

		private List<String> items = List.of();

		public String getName() {
			return this.name;
		}

		public void setName(String name) {
			this.name = name;
		}

		public List<String> getItems() {
			return this.items;
		}

		public void setItems(List<String> items) {
			this.items = items;
		}

		@Override
		public String toString() {
			return this.name + this.items;
		}

	}

	@Controller
	static class Redirecting {

		@PostMapping("/save")
		String save(RedirectAttributes redirect) {
			redirect.addFlashAttribute("notice", "saved");
			redirect.addFlashAttribute("count", 3);
			redirect.addFlashAttribute("order", Map.of("name", "tea"));
			return "redirect:/shown";
		}

		@PostMapping("/save-for")
		String saveFor(@RequestParam String id, RedirectAttributes redirect) {
			redirect.addAttribute("id", id);
			redirect.addFlashAttribute("notice", "saved " + id);
			return "redirect:/shown";
		}

		@PostMapping("/save-unfit")
		String saveUnfit(RedirectAttributes redirect) {
			redirect.addFlashAttribute("fit", "1");
			List<Object> circle = new ArrayList<>();
			circle.add(circle);
			redirect.addFlashAttribute("circle", circle);
			return "redirect:/shown";
		}

		@GetMapping("/shown")
		@ResponseBody
		String shown(Model model, HttpServletRequest request) {
			return new TreeMap<>(model.asMap()).toString();
		}

		@GetMapping("/untouched")
		@ResponseBody
		String untouched() {
			return "untouched";
		}

		@GetMapping("/login")
		@ResponseBody
		String login(Session session) {
			session.set("user", "ada");
			return "logged in";
		}

	}

	@Controller
	@SessionAttributes("order")
	static class Wizard {

		@ModelAttribute("order")
		Order order() {
			return new Order();
		}

		@PostMapping("/wizard")
		String step(@ModelAttribute("order") Order order) {
			return "redirect:/wizard";
		}

		@GetMapping("/wizard")
		View show(@ModelAttribute("order") Order order) {
			return (model, request, response) -> response.getWriter().print(order);
		}

		@RequestMapping("/wizard/body")
		@ResponseBody
		String body(@ModelAttribute("order") Order order) {
			return order.toString();
		}

		@PostMapping("/wizard/body/done")
		@ResponseBody
		String bodyDone(SessionStatus status) {
			status.setComplete();
			return "done";
		}

		@PostMapping("/wizard/done")
		String done(SessionStatus status) {
			status.setComplete();
			return "redirect:/shown";
		}

	}

}
