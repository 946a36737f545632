"""The camera: its preview, photos taken with it, and products looked up while they are held up."""
