package com.example.trips

/** The number under which a trip was booked. */
@JvmInline
value class BookingNumber(val value: String)

/** Who travels: a value with defaults, and with a property whose name begins with "is". */
data class Traveller(val name: String, val isAdmin: Boolean = false, val seat: String = "window")

/** A trip, whose stops are changed in place. */
data class Trip(
	val number: BookingNumber,
	val traveller: Traveller,
	val stops: MutableList<String> = mutableListOf(),
)

/** What a traveller writes down; there is no constructor for it. */
class Notes {
	val lines = mutableListOf<String>()
}
