package com.example.books;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

import jakarta.annotation.PreDestroy;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;
import org.springframework.web.context.annotation.SessionScope;

/** The books that a visitor wants to buy: one cart for each session. */
@Component
@SessionScope
public class Cart {

	private final Catalog catalog;

	@Autowired
	@SuppressWarnings("NullAway.Init")
	private Till till;

	private final Map<String, Integer> copies = new LinkedHashMap<>();

	private @Nullable Instant changed;

	public Cart(Catalog catalog) {
		this.catalog = catalog;
	}

	public void add(String isbn) {
		this.copies.merge(this.catalog.find(isbn).isbn(), 1, Integer::sum);
		this.changed = Instant.now();
	}

	public void clear() {
		this.copies.clear();
		this.changed = null;
	}

	public String summary() {
		if (this.changed == null) {
			return "empty";
		}
		return this.copies.entrySet()
			.stream()
			.map((line) -> line.getValue() + " " + this.catalog.find(line.getKey()).title())
			.collect(Collectors.joining(", ")) + ": " + this.till.price(total());
	}

	public int total() {
		return this.copies.entrySet()
			.stream()
			.mapToInt((line) -> this.catalog.find(line.getKey()).cents() * line.getValue())
			.sum();
	}

	@PreDestroy
	void putBack() {
		this.till.putBack(this.copies.values().stream().mapToInt(Integer::intValue).sum());
	}

}
