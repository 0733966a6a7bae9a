"""A LETTER OTHERS WROTE (来函): its lines → what each part of it is → a case."""
