package com.example.books

import org.springframework.context.annotation.Scope
import org.springframework.context.annotation.ScopedProxyMode
import org.springframework.stereotype.Component
import java.time.LocalDate

/** What a visitor means to read some day. */
@Component
@Scope(value = "session", proxyMode = ScopedProxyMode.TARGET_CLASS)
open class ReadingList(private val catalog: Catalog) {

	private val books = mutableListOf<Book>()

	private var begun: LocalDate? = null

	open fun note(isbn: String) {
		books += catalog.find(isbn)
		begun = begun ?: LocalDate.of(2026, 1, 31)
	}

	open fun describe() = "${books.joinToString { it.title }} since $begun"
}
