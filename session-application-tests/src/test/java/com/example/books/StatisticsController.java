package com.example.books;

import java.util.Map;

import jakarta.servlet.ServletContext;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** What happened on this node. */
@RestController
class StatisticsController {

	private final SessionJournal journal;

	private final Till till;

	private final ServletContext context;

	StatisticsController(SessionJournal journal, Till till, ServletContext context) {
		this.journal = journal;
		this.till = till;
		this.context = context;
	}

	@GetMapping("/statistics")
	Map<String, Integer> statistics() {
		return Map.of("created", this.journal.created.get(), "destroyed", this.journal.destroyed.get(), "renamed",
				this.journal.renamed.get(), "reserved", this.journal.reserved.get(), "released",
				this.journal.released.get(), "open", OpenSessions.count(this.context), "putBack", this.till.putBack());
	}

}
