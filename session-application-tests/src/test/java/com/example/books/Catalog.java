package com.example.books;

import java.util.List;

import org.springframework.stereotype.Service;

/** All books there are. */
@Service
public class Catalog {

	private final List<Book> books = List.of(new Book("1", "The Castle", Genre.NOVEL, 1250),
			new Book("2", "Duino Elegies", Genre.POETRY, 800), new Book("3", "Roumeli", Genre.TRAVEL, 1500));

	public Book find(String isbn) {
		return this.books.stream().filter((book) -> book.isbn().equals(isbn)).findFirst().orElseThrow();
	}

}
