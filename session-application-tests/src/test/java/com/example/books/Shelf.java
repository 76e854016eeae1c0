package com.example.books;

import java.io.Serializable;

/** How a visitor looks at the shelf: a bean as {@code jsp:useBean} wants it. */
public class Shelf implements Serializable {

	private static final long serialVersionUID = 1L;

	private String sort = "title";

	private int opened;

	public String getSort() {
		return this.sort;
	}

	public void setSort(String sort) {
		this.sort = sort;
	}

	public int getOpened() {
		return this.opened;
	}

	public void open() {
		this.opened++;
	}

}
