package com.example.books;

/** What a book is about. */
public enum Genre {

	NOVEL, POETRY, TRAVEL

}
