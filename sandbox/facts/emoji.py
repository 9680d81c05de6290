"""The emoji Slack knows by name, for reactions.

Most have the name Unicode gives them, which Python knows; the table has those that are called
differently, and the most used ones for `emoji.list`.
"""

import re
import unicodedata
from collections.abc import Mapping

CATEGORIES: Mapping[str, str] = {
    "Smileys & People": """
        +1 -1 thumbsup thumbsdown adult alien angel anger angry anguished astonished baby
        bangbang blue_heart blush bow boy brain broken_heart bride_with_veil
        busts_in_silhouette bust_in_silhouette call_me_hand clap clown_face cold_face
        cold_sweat collision boom confounded confused cop construction_worker couple
        cowboy_hat_face face_with_cowboy_hat crossed_fingers cry crying_cat_face cupid dancer
        dancers dash disappointed disappointed_relieved dizzy dizzy_face drooling_face ear
        exclamation exploding_head expressionless eye eyes face_palm face_with_hand_over_mouth
        face_with_head_bandage face_with_monocle face_with_raised_eyebrow
        face_with_rolling_eyes face_with_symbols_on_mouth face_with_thermometer facepunch
        punch family fearful female-doctor female-firefighter female-technologist firefighter
        fist flushed frowning full_moon_with_face ghost girl green_heart grey_exclamation
        grey_question grimacing grin grinning guardsman haircut hand
        hand_with_index_finger_and_thumb_crossed handshake hankey poop shit hear_no_evil heart
        heart_decoration heart_eyes heart_eyes_cat heartbeat heartpulse heavy_exclamation_mark
        heavy_heart_exclamation_mark_ornament hot_face hugging_face hushed
        i_love_you_hand_sign imp innocent japanese_goblin japanese_ogre joy joy_cat juggling
        kiss kissing kissing_cat kissing_closed_eyes kissing_heart kissing_smiling_eyes
        laughing left-facing_fist lips love_letter lying_face male-detective male-doctor
        male-firefighter male-technologist man man_dancing mask massage mechanical_arm
        melting_face men-with-bunny-ears-partying middle_finger money_mouth_face
        mountain_bicyclist muscle nail_care nauseated_face nerd_face neutral_face no_good
        no_mouth nose ok_hand ok_woman older_man older_woman open_hands open_mouth
        orange_heart palms_up_together partying_face pensive persevere person_frowning
        person_in_tuxedo person_with_blond_hair person_with_pouting_face pinched_fingers
        pinching_hand pleading_face point_down point_left point_right point_up point_up_2
        pouting_cat pray princess purple_heart question rage raised_back_of_hand raised_hand
        raised_hand_with_fingers_splayed raised_hands raising_hand relaxed relieved
        revolving_hearts ring robot_face rolling_on_the_floor_laughing running runner sad
        santa saluting_face scream scream_cat see_no_evil selfie shaking_face shrug
        shushing_face skull skull_and_crossbones sleeping sleepy sleuth_or_spy
        slightly_frowning_face slightly_smiling_face smile smile_cat smiley smiley_cat
        smiling_face_with_3_hearts smiling_face_with_tear smiling_imp smirk smirk_cat
        sneezing_face sob space_invader sparkling_heart speak_no_evil speech_balloon
        spock-hand star-struck grinning_face_with_star_eyes stuck_out_tongue
        stuck_out_tongue_closed_eyes stuck_out_tongue_winking_eye sunglasses sweat sweat_drops
        sweat_smile technologist the_horns thinking_face thought_balloon tired_face tongue
        triumph tumbler two_hearts unamused upside_down_face v vampire vulcan_salute walking
        wave weary white_frowning_face white_heart wink woman woozy_face worried writing_hand
        yawning_face yellow_heart yum zany_face zipper_mouth_face zombie zzz
    """,
    "Animals & Nature": """
        ant baby_chick bear bee honeybee beetle bird blossom boar bouquet bug butterfly cactus
        camel cat cat2 cherry_blossom chicken chipmunk cloud comet cow cow2 crab crescent_moon
        crocodile deer dog dog2 dolphin flipper dove_of_peace dragon dragon_face droplet duck
        eagle ear_of_rice earth_africa earth_americas earth_asia elephant evergreen_tree
        fallen_leaf fire fish four_leaf_clover fox_face frog full_moon goat gorilla hamster
        hatched_chick hatching_chick hedgehog herb hibiscus horse horse_racing jack_o_lantern
        koala leaves lightning lion_face maple_leaf mouse mouse2 mushroom new_moon octopus owl
        ox palm_tree panda_face partly_sunny paw_prints feet penguin pig pig2 pig_nose poodle
        rabbit rabbit2 racehorse rain_cloud rainbow rat rhinoceros rooster rose sauropod
        scorpion seedling shamrock shark sheep snail snake snow_cloud snowflake snowman spider
        spider_web spiral_shell shell squid star star2 stars sun_with_face sunflower sunny
        swan t-rex thunder_cloud_and_rain tiger tiger2 tornado tropical_fish tulip turkey
        turtle umbrella umbrella_with_rain_drops unicorn_face water_buffalo whale whale2
        wind_blowing_face wolf zap zebra_face
    """,
    "Food & Drink": """
        apple avocado baby_bottle bacon baguette_bread banana beer beers bento birthday
        bowl_with_spoon bread broccoli cake candy champagne cheese_wedge cherries chestnut
        chocolate_bar clinking_glasses cocktail coconut coffee cookie corn croissant cucumber
        cup_with_straw curry custard cut_of_meat dango doughnut egg eggplant fish_cake
        fork_and_knife fried_egg cooking fried_shrimp fries grapes green_apple green_salad
        hamburger hotdog honey_pot hot_pepper ice_cream icecream kiwifruit knife_fork_plate
        lemon lollipop mango mate_drink meat_on_bone melon oden pancakes peach peanuts pear
        pie pineapple pizza popcorn potato poultry_leg ramen rice rice_ball rice_cracker sake
        salt sandwich shallow_pan_of_food shaved_ice spaghetti stew strawberry
        stuffed_flatbread sushi sweet_potato taco tangerine tea tomato tropical_drink
        tumbler_glass watermelon wine_glass
    """,
    "Activity": """
        8ball art badminton_racquet_and_shuttlecock baseball basketball bowling boxing_glove
        chess_pawn circus_tent clapper confetti_ball tada dart drum_with_drumsticks
        field_hockey_stick_and_ball first_place_medal football game_die goal_net golf golfer
        guitar headphones ice_hockey_stick_and_puck jigsaw medal sports_medal microphone
        musical_keyboard musical_note notes musical_score ping_pong_paddle_and_ball
        table_tennis_paddle_and_ball reminder_ribbon rugby_football running_shirt_with_sash
        second_place_medal sewing_needle skier slot_machine snowboarder soccer softball spades
        hearts clubs diamonds surfer swimmer tennis third_place_medal ticket trophy trumpet
        video_game violin volleyball weight_lifter yarn balloon gift ribbon crystal_ball
        fireworks sparkler sparkles
    """,
    "Travel & Places": """
        airplane airplane_arriving airplane_departure ambulance anchor articulated_lorry
        barber bank beach_with_umbrella bike blue_car boat sailboat bridge_at_night
        building_construction bullettrain_front bus busstop car red_car city_sunset
        classical_building compass construction convenience_store derelict_house_building
        department_store desert door european_castle factory ferris_wheel ferry fire_engine
        fountain fuelpump globe_with_meridians helicopter hospital hotel hotsprings house
        house_with_garden japan japanese_castle lighthouse luggage mountain mount_fuji
        motorway night_with_stars national_park office oncoming_police_car parking
        passenger_ship police_car post_office racing_car railway_car rocket rotating_light
        satellite school ship small_airplane snow_capped_mountain speedboat stadium station
        steam_locomotive sunrise sunset taxi tent tokyo_tower tractor traffic_light train
        train2 tram triangular_flag_on_post truck vertical_traffic_light volcano wedding
        world_map moyai statue_of_liberty octagonal_sign
    """,
    "Objects": """
        abacus adhesive_bandage alarm_clock alembic amphora athletic_shoe axe
        ballot_box_with_ballot bar_chart barely_sunny basket battery bed bell bellhop_bell
        black_nib blue_book bomb book open_book bookmark bookmark_tabs books bow_and_arrow
        briefcase broom bulb calendar camera camera_with_flash candle card_file_box card_index
        card_index_dividers cd chains chair chart_with_downwards_trend
        chart_with_upwards_trend clamp clipboard clock1 clock2 clock3 clock4 clock5 clock6
        clock7 clock8 clock9 clock10 clock11 clock12 closed_book closed_lock_with_key coffin
        compression computer control_knobs crown dagger_knife date desktop_computer dna dollar
        dvd electric_plug email e-mail envelope envelope_with_arrow euro eyeglasses fax
        file_cabinet file_folder film_frames fire_extinguisher flashlight floppy_disk gear gem
        green_book gun hammer hammer_and_pick hammer_and_wrench handbag heavy_dollar_sign
        high_brightness hole hourglass hourglass_flowing_sand inbox_tray incoming_envelope
        iphone joystick key keyboard label ladder lantern izakaya_lantern ledger level_slider
        link linked_paperclips lock lock_with_ink_pen loud_sound loudspeaker low_brightness
        magnet mag mag_right mailbox mailbox_with_mail mantelpiece_clock mega memo pencil
        microscope mirror moneybag money_with_wings mouse_trap mute name_badge newspaper
        no_bell notebook notebook_with_decorative_cover nut_and_bolt oil_drum old_key
        orange_book outbox_tray package page_facing_up page_with_curl pager paperclip pencil2
        petri_dish phone telephone telephone_receiver pick pill postal_horn pushpin radio
        receipt rolled_up_newspaper round_pushpin safety_pin safety_vest satellite_antenna
        scales scissors scroll shield shopping_trolley shower soap sound speaker
        spiral_calendar_pad spiral_note_pad sponge stopwatch straight_ruler syringe tape
        test_tube thermometer three_button_mouse timer_clock toilet toolbox trackball
        triangular_ruler trident tv umbrella_on_ground unlock vhs video_camera wastebasket
        watch wheelchair wrench yen zipper
    """,
    "Symbols": """
        1234 100 a ab abc abcd accept arrow_backward arrow_double_down arrow_double_up
        arrow_down arrow_down_small arrow_forward arrow_heading_down arrow_heading_up
        arrow_left arrow_lower_left arrow_lower_right arrow_right arrow_right_hook arrow_up
        arrow_up_down arrow_up_small arrow_upper_left arrow_upper_right arrows_clockwise
        arrows_counterclockwise asterisk atom_symbol b back ballot_box_with_check beginner
        biohazard_sign black_circle black_circle_for_record black_heart black_large_square
        black_medium_small_square black_medium_square
        black_right_pointing_double_triangle_with_vertical_bar black_small_square
        black_square_button black_square_for_stop capital_abcd checkered_flag
        children_crossing cinema cool copyright currency_exchange curly_loop
        diamond_shape_with_a_dot_inside do_not_litter double_vertical_bar eight
        eight_pointed_black_star eight_spoked_asterisk eject end fast_forward five
        fleur_de_lis four free hash heavy_check_mark heavy_division_sign heavy_minus_sign
        heavy_multiplication_x heavy_plus_sign id infinity information_source interrobang
        keycap_star keycap_ten large_blue_circle large_blue_diamond large_blue_square
        large_brown_circle large_green_circle large_green_square large_orange_circle
        large_orange_diamond large_orange_square large_purple_circle large_purple_square
        large_red_square large_yellow_circle large_yellow_square left_right_arrow
        leftwards_arrow_with_hook loop m medical_symbol mobile_phone_off
        negative_squared_cross_mark new ng nine no_entry no_entry_sign no_mobile_phones
        no_smoking non-potable_water o o2 ok on one part_alternation_mark peace_symbol
        put_litter_in_its_place radio_button radioactive_sign record_button recycle red_circle
        registered repeat repeat_one restroom rewind sa scorpius seven six small_blue_diamond
        small_orange_diamond small_red_triangle small_red_triangle_down soon sos symbols three
        tm top twisted_rightwards_arrows two u5272 underage up vibration_mode vs warning
        wavy_dash white_check_mark white_circle white_flower white_large_square
        white_medium_small_square white_medium_square white_small_square white_square_button x
        zero waving_white_flag waving_black_flag flags crossed_flags rainbow-flag pirate_flag
        no_bicycles
    """,
}

NAMED_OTHERWISE = frozenset(" ".join(CATEGORIES.values()).split())
SHAPE = re.compile(r"[a-z0-9_+'-]{1,100}")
SKIN_TONE = re.compile(r"::skin-tone-[2-6]$")
FLAG = re.compile(r"flag-[a-z]{2}|flag-(england|scotland|wales)|skin-tone-[2-6]")
# Where Unicode keeps its pictures.
PICTURES = ((0x2190, 0x2BFF), (0x1F000, 0x1FAFF))


def is_emoji(name: str) -> bool:
    """Whether Slack has an emoji of this name, with or without a colour of skin."""
    plain = SKIN_TONE.sub("", name)
    if not SHAPE.fullmatch(plain):
        return False
    return plain in NAMED_OTHERWISE or bool(FLAG.fullmatch(plain)) or _has_a_picture(plain)


def _has_a_picture(name: str) -> bool:
    try:
        sign = unicodedata.lookup(name.replace("_", " ").replace("-", " "))
    except KeyError:
        return False
    return any(first <= ord(sign[0]) <= last for first, last in PICTURES)
