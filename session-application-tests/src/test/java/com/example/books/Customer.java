package com.example.books;

import java.io.Serializable;
import java.time.LocalDate;
import java.util.Set;

/** Who told us their name. */
public record Customer(String name, LocalDate birthday, Set<Genre> likes) implements Serializable {
}
