package com.example.books;

import java.io.Serializable;
import java.time.LocalDate;

import org.jspecify.annotations.Nullable;

/** What a visitor orders, filled in page by page. */
public class Order implements Serializable {

	private static final long serialVersionUID = 1L;

	/** How it is paid. */
	public enum Payment {

		CARD, INVOICE

	}

	private @Nullable String address;

	private @Nullable LocalDate deliverOn;

	private @Nullable Payment payment;

	private int cents;

	public @Nullable String getAddress() {
		return this.address;
	}

	public void setAddress(@Nullable String address) {
		this.address = address;
	}

	public @Nullable LocalDate getDeliverOn() {
		return this.deliverOn;
	}

	public void setDeliverOn(@Nullable LocalDate deliverOn) {
		this.deliverOn = deliverOn;
	}

	public @Nullable Payment getPayment() {
		return this.payment;
	}

	public void setPayment(@Nullable Payment payment) {
		this.payment = payment;
	}

	public int getCents() {
		return this.cents;
	}

	public void setCents(int cents) {
		this.cents = cents;
	}

}
