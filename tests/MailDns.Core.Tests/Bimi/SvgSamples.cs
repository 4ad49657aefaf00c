using System;
using Xunit;

namespace MailDns.Core.Tests.Bimi;

/// <summary>Ordinary SVGs that can be converted.</summary>
public static class SvgSamples
{
    public const string Plain = "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" viewBox=\"0 0 100 100\">";
    public const string Back = "<rect width=\"100\" height=\"100\" fill=\"white\"/>";

    // an ordinary SVG, part of the converted file
    public static TheoryData<string, string> Convertible => new()
    {
        { Plain + Back + "<path d=\"M10 10h80v80z\" style=\"fill:orange;stroke:#123456;stroke-width:4px\"/></svg>", "fill=\"#ffa500\" stroke=\"#123456\" stroke-width=\"4\"" },
        { Plain + "<style>.a{fill:#0f0} .b,.c{fill:blue;stroke:red;stroke-width:3}\n#d{fill:teal}/* x */ circle.a{fill:navy}</style>" + Back + "<path class=\"a\" d=\"M10 10h30v30z\"/><path class=\"b\" d=\"M50 10h30v30z\"/><path id=\"d\" class=\"a\" fill=\"red\" d=\"M50 50h30v30z\"/><circle class=\"a\" cx=\"20\" cy=\"70\" r=\"15\"/></svg>", "fill=\"teal\"" },
        { Plain + "<style><![CDATA[.st0{fill:#FF0000;}]]></style>" + Back + "<path class=\"st0\" style=\"fill:lime\" d=\"M10 10h30v30z\"/></svg>", "fill=\"lime\"" },
        { "<?xml version=\"1.0\"?><!-- Generator --><!DOCTYPE svg PUBLIC \"-//W3C//DTD SVG 1.1//EN\" \"http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd\">" + Plain.Replace("viewBox", "version=\"1.1\" x=\"0px\" y=\"0px\" style=\"enable-background:new 0 0 100 100;\" xml:space=\"preserve\" viewBox", StringComparison.Ordinal) + Back + "<circle cx=\"50\" cy=\"50\" r=\"20\" fill=\"red\"/></svg>", "baseProfile=\"tiny-ps\"" },
        { Plain.Replace("viewBox", "xmlns:inkscape=\"urn:i\" inkscape:version=\"1\" viewBox", StringComparison.Ordinal) + "<metadata><x xmlns=\"urn:x\"/></metadata><inkscape:view/><g inkscape:label=\"L\"><title>no</title>" + Back + "</g><circle r=\"40\" fill=\"red\"/></svg>", "<circle r=\"40\" fill=\"red\"" },
        { Plain + "<defs><path id=\"p\" d=\"M10 10h30v30z\" fill=\"red\"/></defs>" + Back + "<use xlink:href=\"#p\" x=\"40\" y=\"20\"/></svg>", "href=\"#p\"" },
        { Plain + Back + "<rect width=\"50%\" height=\"50%\" x=\"25%\" y=\"10mm\" fill=\"rgb(10,20,30)\"/></svg>", "width=\"50\" height=\"50\"" },
        { Plain + Back + "<rect width=\"50\" height=\"50\" fill=\"red\" opacity=\".5\"/><g opacity=\".5\"><path d=\"M60 60h30v30z\" fill=\"none\" stroke=\"blue\" stroke-width=\"5\" stroke-opacity=\"0.8\"/></g></svg>", "stroke-opacity=\"0.4\"" },
        { Plain + "<linearGradient id=\"s\"><stop offset=\"10%\" stop-color=\"red\"/><stop offset=\"1\" style=\"stop-color:blue;stop-opacity:.5\"/></linearGradient><linearGradient id=\"g\" xlink:href=\"#s\" gradientUnits=\"userSpaceOnUse\" x1=\"10\" y1=\"10\" x2=\"60\" y2=\"10\" gradientTransform=\"rotate(30) scale(1.2) translate(5 6)\"/>" + Back + "<rect x=\"10\" y=\"10\" width=\"80\" height=\"80\" fill=\"url('#g')\"/></svg>", "fill=\"url(#g)\"" },
        { Plain + "<radialGradient id=\"g\" cx=\"50%\" cy=\".4\" fx=\".5\" fy=\"40%\" gradientTransform=\"matrix(0.5 0 0 0.5 .25 .25)\"><stop offset=\"0\" stop-color=\"yellow\"/><stop offset=\"1\" stop-color=\"green\"/></radialGradient>" + Back + "<circle cx=\"50\" cy=\"50\" r=\"40\" fill=\"url(#g)\"/></svg>", "<radialGradient id=\"g\" cx=\"0.5\" cy=\"0.45\" r=\"0.25\"" },
        { Plain + Back + "<g display=\"none\"><text>x</text></g><path d=\"M9 9h60v60z\" clip-path=\"none\" fill=\"red\" font-family=\"Arial\"/><a href=\"https://example.com/\"><circle r=\"30\"/></a></svg>", "<circle r=\"30\" />" },
        { "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"32\" height=\"32\">" + Back + "<clipPath id=\"unused\"><path d=\"M0 0\"/></clipPath><circle cx=\"16\" cy=\"16\" r=\"10\" fill=\"red\"/></svg>", "viewBox=\"0 0 32 32\"" },
        { "<v:svg xmlns:v=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 100 100\"><v:title>Old</v:title><v:rect width=\"100\" height=\"100\" fill=\"grey\"/><v:circle r=\"50\" fill=\"red\"/></v:svg>", "<title>Contoso</title>" },
    };
}
