package com.example.trips;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** The application. */
@SpringBootApplication
public class TripsApplication {

	/** Starts it. */
	public static void main(String[] args) {
		SpringApplication.run(TripsApplication.class, args);
	}

}
