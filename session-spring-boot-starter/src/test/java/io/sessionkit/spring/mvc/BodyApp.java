package io.sessionkit.spring.mvc;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;

import jakarta.servlet.http.HttpServletResponse;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.bind.annotation.SessionAttributes;
import org.springframework.web.bind.support.SessionStatus;
import org.springframework.web.servlet.View;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;

/**
 * Controllers with {@code @SessionAttributes} that write bodies, in each way that Spring
 * MVC has.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import({ MvcApp.Wizard.class, BodyApp.Bodies.class, BodyApp.ByType.class })
class BodyApp {

	private static final int LARGE = 100_000;

	/** Sets a name, and answers with what it was before. */
	@RestController
	@RequestMapping("/body")
	@SessionAttributes("order")
	static class Bodies {

		@ModelAttribute("order")
		MvcApp.Order order() {
			return new MvcApp.Order();
		}

		@RequestMapping("/text")
		String text(@ModelAttribute("order") MvcApp.Order order) {
			return order.toString();
		}

		@RequestMapping("/json")
		MvcApp.Order json(@ModelAttribute("order") MvcApp.Order order) {
			return order;
		}

		@RequestMapping("/large")
		String large(@ModelAttribute("order") MvcApp.Order order) {
			return "x".repeat(LARGE);
		}

		@RequestMapping("/entity")
		ResponseEntity<String> entity(@ModelAttribute("order") MvcApp.Order order) {
			return ResponseEntity.ok(order.toString());
		}

		@RequestMapping("/callable")
		Callable<String> callable(@ModelAttribute("order") MvcApp.Order order) {
			return order::toString;
		}

		@RequestMapping("/stream")
		StreamingResponseBody stream(@ModelAttribute("order") MvcApp.Order order) {
			return (out) -> {
				out.write("first ".getBytes(StandardCharsets.UTF_8));
				out.flush();
				out.write(order.toString().getBytes(StandardCharsets.UTF_8));
			};
		}

		@RequestMapping("/events")
		SseEmitter events(@ModelAttribute("order") MvcApp.Order order) throws IOException {
			SseEmitter emitter = new SseEmitter();
			emitter.send(order.toString());
			emitter.complete();
			return emitter;
		}

		@RequestMapping("/written")
		void written(@ModelAttribute("order") MvcApp.Order order, OutputStream out) throws IOException {
			out.write("first ".getBytes(StandardCharsets.UTF_8));
			out.flush();
			out.write(order.toString().getBytes(StandardCharsets.UTF_8));
		}

		@RequestMapping("/replaced")
		String replaced(@RequestParam String name, Model model) {
			MvcApp.Order order = new MvcApp.Order();
			order.setName(name);
			model.addAttribute("order", order);
			return "replaced";
		}

		@RequestMapping("/replaced-late")
		void replacedLate(Model model, HttpServletResponse response) throws IOException {
			response.getWriter().print("first ");
			response.flushBuffer();
			model.addAttribute("order", new MvcApp.Order());
		}

		@RequestMapping("/done")
		String done(SessionStatus status) {
			status.setComplete();
			return "done";
		}

	}

	/** Spring notes in the session which attributes have the type. */
	@Controller
	@RequestMapping("/type")
	@SessionAttributes(types = MvcApp.Order.class)
	static class ByType {

		@RequestMapping("/page")
		View page(Model model) {
			model.addAttribute("page", new MvcApp.Order());
			return (shown, request, response) -> response.getWriter().print("page");
		}

		@RequestMapping("/body")
		@ResponseBody
		String body(@RequestParam String name, Model model) {
			MvcApp.Order order = new MvcApp.Order();
			order.setName(name);
			model.addAttribute("body", order);
			return "body";
		}

		@RequestMapping("/shown")
		@ResponseBody
		String shown(Model model) {
			return String.valueOf(model.getAttribute("body"));
		}

		@RequestMapping("/done")
		@ResponseBody
		String done(SessionStatus status) {
			status.setComplete();
			return "done";
		}

	}

}
