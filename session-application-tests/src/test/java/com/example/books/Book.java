package com.example.books;

import java.io.Serializable;

/** A book on the shelf. */
public record Book(String isbn, String title, Genre genre, int cents) implements Serializable {
}
