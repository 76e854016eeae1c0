package com.example.trips;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import jakarta.validation.Valid;

import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.validation.BindingResult;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** A guest book whose form is shown again after a redirect, with what was wrong. */
@Controller
class GuestbookController {

	private final List<String> names = new CopyOnWriteArrayList<>();

	@GetMapping("/guestbook")
	String show(Model model) {
		if (!model.containsAttribute("entry")) {
			model.addAttribute("entry", new Entry());
		}
		model.addAttribute("names", this.names);
		return "guestbook";
	}

	@PostMapping("/guestbook")
	String sign(@Valid @ModelAttribute("entry") Entry entry, BindingResult result, RedirectAttributes redirect) {
		if (result.hasErrors()) {
			redirect.addFlashAttribute("entry", entry);
			redirect.addFlashAttribute(BindingResult.MODEL_KEY_PREFIX + "entry", result);
		}
		else {
			this.names.add(entry.getName());
			redirect.addFlashAttribute("notice", "Thank you, " + entry.getName() + "!");
		}
		return "redirect:/guestbook";
	}

}
