package com.example.trips

import io.sessionkit.Session
import io.sessionkit.SessionKey
import org.springframework.security.core.Authentication
import org.springframework.stereotype.Controller
import org.springframework.ui.Model
import org.springframework.web.bind.annotation.GetMapping
import org.springframework.web.bind.annotation.PostMapping
import org.springframework.web.bind.annotation.RequestParam

/** The trip of a user who is logged in, kept in the session. */
@Controller
class TripController {

	@GetMapping("/trip")
	fun show(user: Authentication, session: Session, model: Model): String {
		model.addAttribute("user", user.name)
		model.addAttribute("trip", session.get(TRIP))
		model.addAttribute("notes", session.get(NOTES)?.lines ?: listOf<String>())
		return "trip"
	}

	@PostMapping("/trip")
	fun book(user: Authentication, session: Session, @RequestParam number: String): String {
		session.set(TRIP, Trip(BookingNumber(number), Traveller(user.name, isAdmin = true)))
		session.set(NOTES, Notes())
		return "redirect:/trip"
	}

	/** Changes what is in the session in place; nobody sets it again. */
	@PostMapping("/trip/stops")
	fun stop(session: Session, @RequestParam name: String): String {
		session.get(TRIP)?.stops?.add(name)
		session.get(NOTES)?.lines?.add("added $name")
		return "redirect:/trip"
	}

	companion object {
		private val TRIP = SessionKey.of("trip", Trip::class.java)
		private val NOTES = SessionKey.of("notes", Notes::class.java)
	}
}
